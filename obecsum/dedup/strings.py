"""The code points of a Python string as compiled code sees them: in place, one, two or four bytes each.

numba hands a string to compiled code as where it lies and how wide its code points are (PEP 393), without a copy. Its
own indexing makes a string of each. numba's cache does not see changes of this file: change kernel.py as well.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

__all__ = ["unit_8", "unit_16", "unit_32", "width_of"]

_UNICODE: Any = types.unicode_type
_proxy: Any = cgutils.create_struct_proxy


def _width_code(_typing: Any, text: Any) -> Any:
    """Bytes of a code point of a string: 1, 2 or 4."""

    def codegen(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.zext(_proxy(_UNICODE)(context, builder, value=args[0]).kind, ir.IntType(64))

    return types.int64(text), codegen


def _unit_code(bits: int) -> Any:
    """A code point by its place, of a string whose code points have so many bits."""

    def code(_typing: Any, text: Any, _at: Any) -> Any:
        def codegen(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            data = _proxy(_UNICODE)(context, builder, value=args[0]).data
            unit = ir.IntType(bits)
            value = builder.load(builder.gep(builder.bitcast(data, unit.as_pointer()), [args[1]]))
            return value if bits == 32 else builder.zext(value, ir.IntType(32))

        return types.uint32(text, types.int64), codegen

    return code


width_of: Any = intrinsic(_width_code)
unit_8: Any = intrinsic(_unit_code(8))
unit_16: Any = intrinsic(_unit_code(16))
unit_32: Any = intrinsic(_unit_code(32))
