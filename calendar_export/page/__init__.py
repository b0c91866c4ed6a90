"""The pages of an export: static, without a request to any other host, and of use without scripts."""

from calendar_export.page.files import site_files
from calendar_export.page.site import Site

__all__ = ["Site", "site_files"]
