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

__all__ = ["units_8", "units_16", "units_32", "width_of"]

_UNICODE: Any = types.unicode_type
_pointer: Any = types.CPointer
_proxy: Any = cgutils.create_struct_proxy


def _width_code(_typing: Any, text: Any) -> Any:
    """Bytes of a code point of a string: 1, 2 or 4."""

    def codegen(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.zext(_proxy(_UNICODE)(context, builder, value=args[0]).kind, ir.IntType(64))

    return types.int64(text), codegen


def _units_code(bits: int) -> Any:
    """Where the code points of a string lie that have so many bits each; ``carray`` makes an array of it."""
    pointer = _pointer({8: types.uint8, 16: types.uint16, 32: types.uint32}[bits])

    def code(_typing: Any, text: Any) -> Any:
        def codegen(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            data = _proxy(_UNICODE)(context, builder, value=args[0]).data
            return builder.bitcast(data, ir.IntType(bits).as_pointer())

        return pointer(text), codegen

    return code


width_of: Any = intrinsic(_width_code)
units_8: Any = intrinsic(_units_code(8))
units_16: Any = intrinsic(_units_code(16))
units_32: Any = intrinsic(_units_code(32))
