"""Vector loops of the kernel, written in LLVM's types.

numba's vectorizer stops at 256 bits, makes a pass per permutation, and cannot compress a vector. Where the processor
has no 512-bit registers, LLVM splits the vectors of :data:`absorb`, and :data:`plain_run` does nothing: its caller goes
on code point by code point. numba's cache does not see changes of this file: change kernel.py as well.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from obecsum.text.normalize import SPACE

__all__ = [
    "BLOCK",
    "CLASS_SHIFT",
    "CODE_BITS",
    "FIRST_SHIFT",
    "LANES",
    "POWERS",
    "SECOND_SHIFT",
    "SLOTS",
    "absorb",
    "hash_run",
    "plain_run",
]

LANES = 16  # uint32 lanes of one vector: 512 bits
_VECTORS = 8  # vectors that one pass keeps in registers
BLOCK = LANES * _VECTORS  # permutations of one pass
_STEP = 8  # hashes that are taken together
_THINS = 2  # hashes that are looked up beside each that is permuted: of three, two stay

SLOTS = 8192  # of hashes that are remembered: two thirds of the first-level cache

# Powers of an odd constant (2**32 divided by the golden ratio), highest first: a polynomial hash modulo 2**32.
POWERS = tuple(pow(0x9E3779B1, power, 1 << 32) for power in (4, 3, 2, 1, 0))

# How the scanner's table packs what it says of a code point: what it becomes, its class, the rules that it may begin
# and those that it may end. Two code points in a row need a look where these two share a bit.
CODE_BITS = 16
CLASS_SHIFT = 16
FIRST_SHIFT = 20
SECOND_SHIFT = 26

_SCALAR = ir.IntType(32)
_INDEX = ir.IntType(64)
_VECTOR = ir.VectorType(_SCALAR, LANES)
_BITS = ir.VectorType(ir.IntType(1), LANES)
_MASK = ir.IntType(LANES)
_variable: Any = cgutils.alloca_once_value
_declared: Any = cgutils.get_or_insert_function
_UNDEFINED = ir.Constant(_VECTOR, ir.Undefined)


def _spread(value: int) -> Any:
    return ir.Constant(_VECTOR, [value] * LANES)


def _same(builder: Any, value: Any) -> Any:
    """A vector of one value."""
    first = builder.insert_element(_UNDEFINED, value, ir.Constant(_SCALAR, 0))
    return builder.shuffle_vector(first, _UNDEFINED, _spread(0))


def _vector_at(builder: Any, data: Any, index: Any) -> Any:
    return builder.bitcast(builder.gep(data, [index]), _VECTOR.as_pointer())


def _codes_at(builder: Any, data: Any, index: Any) -> Any:
    """Code points of 16 or 32 bits as a vector of 32."""
    unit = data.type.pointee
    units = ir.VectorType(unit, LANES).as_pointer()
    loaded = builder.load(builder.bitcast(builder.gep(data, [index]), units), align=unit.width // 8)
    return loaded if unit.width == 32 else builder.zext(loaded, _VECTOR)


def _while(builder: Any, condition: Callable[[], Any], body: Callable[[], None]) -> None:
    head, inside, after = (builder.append_basic_block(name) for name in ("head", "inside", "after"))
    builder.branch(head)
    builder.position_at_end(head)
    builder.cbranch(condition(), inside, after)
    builder.position_at_end(inside)
    body()
    builder.branch(head)
    builder.position_at_end(after)


def _signature(*arguments: Any) -> Any:
    """Two int64 from arguments of these types: arrays of uint32, int64 and uint32."""
    return types.UniTuple(types.int64, 2)(*map(types.unliteral, arguments))  # type: ignore[no-untyped-call]


def _arrays(context: Any, builder: Any, signature: Any, args: Any) -> Callable[[int], Any]:
    return lambda position: context.make_array(signature.args[position])(context, builder, args[position])


def _plain_run_code(_typing: Any, source: Any, begin: Any, table: Any, carry: Any, out: Any, written: Any) -> Any:
    """Fold vectors of ``source`` from ``begin`` on, white space left out, up to the first in which a rule may apply.

    Args:
        source: Code points, uint16 or uint32.
        begin: Where to begin.
        table: The scanner's table.
        carry: Rules that the code point before ``begin`` may begin.
        out: uint32, ``LANES`` longer than what is written.
        written: Where in ``out`` to begin.

    Returns:
        Where it stopped in ``source``, and the new ``written``. On other processors ``(begin, written)``.
    """
    signature = _signature(source, begin, table, carry, out, written)

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        cursor = _variable(builder, args[1])
        end = _variable(builder, args[5])
        if "+avx512f" in context.codegen().magic_tuple()[2].split(","):
            array = _arrays(context, builder, signature, args)
            _fold_vectors(builder, array(0), array(2).data, args[3], array(4).data, cursor, end)
        result = [builder.load(cursor), builder.load(end)]
        return context.make_tuple(builder, signature.return_type, result)

    return signature, codegen


def _fold_vectors(builder: Any, source: Any, table: Any, carry: Any, out: Any, cursor: Any, end: Any) -> None:
    byte = ir.IntType(8).as_pointer()
    gather_type = ir.FunctionType(_VECTOR, [_VECTOR, byte, _VECTOR, _BITS, _SCALAR])
    gather = _declared(builder.module, gather_type, "llvm.x86.avx512.mask.gather.dpi.512")
    compress_type = ir.FunctionType(_VECTOR, [_VECTOR, _VECTOR, _BITS])
    compress = _declared(builder.module, compress_type, "llvm.x86.avx512.mask.compress.v16i32")
    size = builder.extract_value(source.shape, 0)
    firsts = builder.shl(carry, ir.Constant(_SCALAR, FIRST_SHIFT))
    before = _variable(builder, builder.insert_element(_spread(0), firsts, ir.Constant(_SCALAR, LANES - 1)))
    head, look, put, done = (builder.append_basic_block(name) for name in ("head", "look", "put", "done"))
    builder.branch(head)
    builder.position_at_end(head)
    at = builder.load(cursor)
    stop = builder.add(at, ir.Constant(_INDEX, LANES))
    builder.cbranch(builder.icmp_signed("<=", stop, size), look, done)

    builder.position_at_end(look)
    raw = _codes_at(builder, source.data, at)
    known = builder.icmp_unsigned("<", raw, _spread(1 << CODE_BITS))
    fixed = [builder.bitcast(table, byte), raw, known, ir.Constant(_SCALAR, 4)]
    entry = builder.call(gather, [_UNDEFINED, *fixed])
    shift = ir.Constant(_VECTOR, list(range(LANES - 1, 2 * LANES - 1)))
    previous = builder.shuffle_vector(builder.load(before), entry, shift)
    rules = builder.and_(builder.shl(previous, _spread(SECOND_SHIFT - FIRST_SHIFT)), entry)
    rules = builder.and_(rules, _spread(-(1 << SECOND_SHIFT)))
    strange = builder.or_(builder.icmp_unsigned("!=", rules, _spread(0)), builder.not_(known))
    some = builder.icmp_unsigned("!=", builder.bitcast(strange, _MASK), ir.Constant(_MASK, 0))
    builder.cbranch(some, done, put)

    builder.position_at_end(put)
    class_ = builder.and_(entry, _spread(15 << CLASS_SHIFT))
    keep = builder.icmp_unsigned("!=", class_, _spread(int(SPACE) << CLASS_SHIFT))
    codes = builder.and_(entry, _spread((1 << CODE_BITS) - 1))
    written = builder.load(end)
    packed = builder.call(compress, [codes, _spread(0), keep])
    builder.store(packed, _vector_at(builder, out, written), align=4)
    kept = builder.zext(builder.ctpop(builder.bitcast(keep, _MASK)), _INDEX)
    builder.store(builder.add(written, kept), end)
    builder.store(stop, cursor)
    builder.store(entry, before)
    builder.branch(head)
    builder.position_at_end(done)


def _hash_run_code(_typing: Any, folded: Any, count: Any, limit: Any, out: Any) -> Any:
    """Hash every five code points in a row: a polynomial modulo 2**32, mixed twice.

    Args:
        folded: uint32, ``2 * LANES`` longer than ``count``; the hashes below ``limit`` take their place.
        count: How many hashes.
        limit: uint32.
        out: uint32, ``LANES`` longer than ``count``.

    Returns:
        How many hashes are below ``limit``, repeated ones counted again.
    """

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        array = _arrays(context, builder, signature, args)
        codes, hashes = array(0).data, array(3).data
        cursor, taken = (_variable(builder, ir.Constant(_INDEX, 0)) for _ in range(2))
        lanes = ir.Constant(_VECTOR, list(range(LANES)))
        limit = _same(builder, args[2])
        store_type = ir.FunctionType(ir.VoidType(), [_VECTOR, _SCALAR.as_pointer(), _BITS])
        store_some = _declared(builder.module, store_type, "llvm.masked.compressstore.v16i32")

        def step(*, sampled: bool) -> None:
            at = builder.load(cursor)
            value = _spread(0)
            for offset, power in enumerate(POWERS):
                where = builder.add(at, ir.Constant(_INDEX, offset))
                code = builder.load(_vector_at(builder, codes, where), align=4)
                value = builder.add(value, builder.mul(code, _spread(power)))
            for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (0, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
                # MurmurHash3's finalizer twice: the last step of the first and the first of the second cancel out.
                value = builder.xor(value, builder.lshr(value, _spread(shift))) if shift else value
                value = builder.mul(value, _spread(factor))
            builder.store(value, _vector_at(builder, hashes, at), align=4)
            builder.store(builder.add(at, ir.Constant(_INDEX, LANES)), cursor)
            if not sampled:
                return
            left = _same(builder, builder.trunc(builder.sub(args[1], at), _SCALAR))
            low = builder.and_(builder.icmp_unsigned("<", value, limit), builder.icmp_unsigned("<", lanes, left))
            end = builder.load(taken)
            builder.call(store_some, [value, builder.gep(codes, [end]), low])  # behind what will be read
            some = builder.zext(builder.ctpop(builder.bitcast(low, _MASK)), _INDEX)
            builder.store(builder.add(end, some), taken)

        def more() -> Any:
            return builder.icmp_signed("<", builder.load(cursor), args[1])

        with builder.if_else(builder.icmp_unsigned(">", args[2], ir.Constant(_SCALAR, 0))) as (some, none):
            with some:
                _while(builder, more, partial(step, sampled=True))
            with none:
                _while(builder, more, partial(step, sampled=False))
        return builder.load(taken)

    return types.int64(*map(types.unliteral, (folded, count, limit, out))), codegen


def _absorb_code(
    _typing: Any,
    hashes: Any,
    count: Any,
    seen: Any,
    turn: Any,
    factors: Any,
    addends: Any,
    out: Any,
) -> Any:
    """Drop most repeated hashes, in place, and ``out[k] = min(hashes * factors[k] + addends[k])`` in uint32.

    ``seen`` remembers the last hash of each slot. What it forgets stays in twice, which changes no minimum. A third of
    the shingles of a release are repeats, and each that goes saves a multiplication for every permutation. Dropping
    takes the scalar units of the processor and the minima its vector units, so the instructions of both are mixed, and
    the former costs next to nothing.

    Args:
        hashes: uint32, mixed; those that stay come first afterwards.
        count: How many there are.
        seen: uint32 of ``SLOTS`` values, zeros at first. What a slot holds names its hash, by the bits that do not tell
            the slot, and the turn: so nothing need be cleared between texts.
        turn: uint32 below ``SLOTS``, another one for each text; 0 drops nothing.
        factors: ``BLOCK`` values, uint32.
        addends: As ``factors``.
        out: As ``factors``: the minima.

    Returns:
        How many hashes stay.
    """
    signature = types.int64(*map(types.unliteral, (hashes, count, seen, turn, factors, addends, out)))

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        array = _arrays(context, builder, signature, args)
        raw, slot_values = array(0).data, array(2).data
        zero = ir.Constant(_INDEX, 0)
        one, step = ir.Constant(_INDEX, 1), ir.Constant(_INDEX, _STEP)
        some = ir.Constant(_INDEX, _STEP // _THINS)
        cursor, head, kept = (_variable(builder, zero) for _ in range(3))
        minima = [_variable(builder, _spread(-1)) for _ in range(_VECTORS)]
        starts = [ir.Constant(_INDEX, index * LANES) for index in range(_VECTORS)]
        factor = [builder.load(_vector_at(builder, array(4).data, start), align=4) for start in starts]
        addend = [builder.load(_vector_at(builder, array(5).data, start), align=4) for start in starts]
        in_slot, above = ir.Constant(_SCALAR, SLOTS - 1), ir.Constant(_SCALAR, (1 << 32) - SLOTS)

        def thin() -> None:
            at = builder.load(cursor)
            value = builder.load(builder.gep(raw, [at]), align=4)
            slot = builder.gep(slot_values, [builder.zext(builder.and_(value, in_slot), _INDEX)])
            entry = builder.or_(builder.and_(value, above), args[3])
            new = builder.icmp_unsigned("!=", builder.load(slot, align=4), entry)
            builder.store(entry, slot, align=4)
            end = builder.load(kept)
            builder.store(value, builder.gep(raw, [end]), align=4)
            builder.store(builder.add(end, builder.zext(new, _INDEX)), kept)
            builder.store(builder.add(at, one), cursor)

        def permute(between: Callable[[], None] | None = None) -> None:
            at = builder.load(head)
            value = builder.load(builder.gep(raw, [at]), align=4)
            same = _same(builder, value)
            for index in range(_VECTORS):
                if between is not None and index % (_VECTORS // _THINS) == 0:
                    between()
                permuted = builder.add(builder.mul(same, factor[index]), addend[index])
                smallest = builder.load(minima[index])
                smaller = builder.icmp_unsigned("<", permuted, smallest)
                builder.store(builder.select(smaller, permuted, smallest), minima[index])
            builder.store(builder.add(at, one), head)

        def more(position: Any, end: Callable[[], Any], steps: Any) -> Callable[[], Any]:
            return lambda: builder.icmp_signed("<=", builder.add(builder.load(position), steps), end())

        def permute_some() -> None:
            for _ in range(_STEP):
                permute()

        def both() -> None:
            ready = builder.icmp_signed("<=", builder.add(builder.load(head), some), builder.load(kept))
            with builder.if_else(ready) as (enough, few):
                with enough:
                    for _ in range(_STEP // _THINS):
                        permute(thin)
                with few:
                    for _ in range(_STEP):
                        thin()

        def last_kept() -> Any:
            return builder.load(kept)

        def last() -> Any:
            return args[1]

        with builder.if_else(builder.icmp_unsigned(">", args[3], ir.Constant(_SCALAR, 0))) as (dropping, keeping):
            with dropping:
                _while(builder, more(cursor, last, step), both)
                _while(builder, more(cursor, last, one), thin)
            with keeping:
                builder.store(args[1], kept)
        _while(builder, more(head, last_kept, step), permute_some)
        _while(builder, more(head, last_kept, one), permute)
        for start, smallest in zip(starts, minima, strict=True):
            builder.store(builder.load(smallest), _vector_at(builder, array(6).data, start), align=4)
        return builder.load(kept)

    return signature, codegen


plain_run: Any = intrinsic(_plain_run_code)
absorb: Any = intrinsic(_absorb_code)
hash_run: Any = intrinsic(_hash_run_code)
