"""Stored events as files and over HTTP: calendars, tables, data and pages.

Imports point down, from what puts everything together to what all forms share. Rooms on one line do not import each other:

    publish, http                        the whole export; any query over HTTP
    icalendar, tables, page, atom        one form of the events each
    jsonld, settings, output_folder      a form that pages embed; what a person decides; the files on disk
    feeds, selection, source_summary     which calendars there are; which events they hold; a source and its last crawl
    query                                the filter for events
    facets, paths, text, atomic_write    what it filters by; where files are; the words of an event; writing a file whole
"""
