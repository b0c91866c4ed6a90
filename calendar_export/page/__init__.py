"""The pages of an export: static, quick, without a request to any other host, and of use without scripts."""

from calendar_export.page.files import site_files
from calendar_export.page.paths import event_path, month_path
from calendar_export.page.site import Site

__all__ = ["Site", "event_path", "month_path", "site_files"]
