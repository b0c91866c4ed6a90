// The events of events.js (calendar_export/page/search_index.py), decoded for the filter and the lists.
(function (our) {
  var BOTH = ["online", "in_person", "hybrid"];

  our.eventsOf = function (data) {
    return data.rows.map(function (row, number) { return eventOf(data, row, number); });
  };

  function eventOf(data, row, number) {
    var event = { number: number };
    data.fields.forEach(function (name, place) { event[name] = row[place]; });
    ["zone", "kind", "mode", "country", "series", "status", "place", "price", "earns", "more", "about", "source"]
      .forEach(function (name) { event[name] = data.texts[event[name]]; });
    event.topics = event.topics.map(function (place) { return data.texts[place]; });
    event.words = data.texts[event.language[1]];
    event.language = data.texts[event.language[0]];
    event.free = event.free < 0 ? null : event.free === 1;
    event.credit = event.credit === 1;
    event.modes = event.mode === "hybrid" ? BOTH : event.mode ? [event.mode] : [];
    event.deadlines = event.deadlines.map(function (due) {
      return { kind: data.texts[due[0]], day: due[1].slice(0, 10) };
    });
    return dated(event);
  }

  // Adds its end in full, and the days on which it begins and ends where it takes place.
  function dated(event) {
    if (event.end && event.end.length === 5) event.end = event.start.slice(0, 11) + event.end + event.start.slice(16);
    event.firstDay = event.start.slice(0, 10);
    event.lastDay = event.end ? event.end.slice(0, 10) : event.firstDay;
    return event;
  }
})(Symposia);
