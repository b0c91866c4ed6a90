"""JSON that may stand within a script element of a page."""

from __future__ import annotations

import json
from typing import Any

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What HTML takes for markup in a script element (WHATWG HTML, 4.12.1.3), and line ends of JavaScript before 2019."""


def script_json(value: Any) -> str:
    r"""Write `value` as JSON that can neither end the element it stands in, nor be taken for markup.

    >>> print(script_json("</script>"))
    "\u003c/script\u003e"
    """
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
