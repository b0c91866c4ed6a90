// The list of months, days and events, as templates/parts.html writes it. Texts are set as text, never as markup.
(function (our) {
  var DUE = {
    registration: "Register by",
    early_bird: "Lower price until",
    proposals: "Propose a session by",
    other: "Deadline"
  };
  var STATUSES = { cancelled: "Cancelled", postponed: "Postponed", rescheduled: "New date", moved_online: "Moved online" };
  our.SOON = 14;

  // An element with a class, a text, and children; null children are left out.
  our.make = function (tag, look, text, children) {
    var element = document.createElement(tag);
    if (look) element.className = look;
    if (text) element.textContent = text;
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  };
  var make = our.make;

  our.link = function (look, text, address) {
    var link = make("a", look, text);
    link.href = address;
    return link;
  };

  our.statusText = function (event) { return STATUSES[event.status] || ""; };

  our.listOf = function (events, clock) {
    var whole = document.createDocumentFragment();
    groups(events, function (event) { return shownDay(event, clock).slice(0, 7); }).forEach(function (month) {
      var section = make("section", "month", "", [make("h2", "", our.monthText(month.key))]);
      groups(month.events, function (event) { return shownDay(event, clock); }).forEach(function (day) {
        section.append(dayOf(day.key, day.events, clock));
      });
      whole.append(section);
    });
    return whole;
  };

  // An event stands under its first day; one that began earlier and goes on, under today.
  function shownDay(event, clock) {
    return event.day < clock.today && !event.series ? clock.today : event.day;
  }
  our.shownDay = shownDay;

  function groups(events, keyOf) {
    var found = [];
    events.forEach(function (event) {
      var key = keyOf(event), last = found[found.length - 1];
      if (last && last.key === key) last.events.push(event);
      else found.push({ key: key, events: [event] });
    });
    return found;
  }

  function dayOf(day, events, clock) {
    var heading = make("h3", "", "", [make("span", "num", String(+day.slice(8))), " ", make("span", "dow", our.weekdayText(day))]);
    if (day === clock.today) heading.append(" ", make("span", "today", "Today"));
    var list = make("ul", "events", "", events.map(function (event) { return cardOf(event, clock); }));
    return make("section", "day", "", [heading, list]);
  }

  function cardOf(event, clock) {
    var title = make("h4", "", "", [our.link("", event.name, "events/" + event.id + ".html")]);
    var summary = event.summary ? make("p", "summary", event.summary) : null;
    var foreign = event.words && event.words.slice(0, 2) !== "en" ? event.words : "";
    if (foreign) [title, summary].forEach(function (part) { if (part) part.lang = foreign; });
    return make("li", event.status === "cancelled" ? "event off" : "event", "", [
      whenOf(event, clock),
      title,
      event.place ? make("p", "place", event.place) : null,
      summary,
      factsOf(event, clock),
      make("p", "about", event.about ? event.about + " \u00b7 " : "", [
        make("span", "source", "from " + (event.source || "an unknown source"))
      ])
    ]);
  }

  function whenOf(event, clock) {
    var status = our.statusText(event);
    var time = make("time", "", our.hoursText(event) || "Time not given");
    time.dateTime = event.start;
    var began = event.day < clock.today && !event.series && event.endDay >= clock.today;
    return make("p", "when", "", [
      status ? make("strong", "status", status) : null,
      status ? " " : null,
      time,
      " ",
      make("span", "soft", (began ? "has begun" : zoneNote(event)))
    ]);
  }

  // "your time · 10:00 New York time", and whether the zone is assumed.
  function zoneNote(event) {
    if (!our.isInstant(event.start)) return our.isTimed(event.start) ? "local time of the place" : "";
    var other = our.otherHours(event);
    var mark = event.assumed ? " (time zone assumed)" : "";
    return "your time" + (other ? " \u00b7 " + other : "") + mark;
  }
  our.zoneNote = zoneNote;

  function factsOf(event, clock) {
    var facts = [];
    if (event.price) facts.push(make("li", "fact " + (event.price === "Free" ? "free" : "plain"), event.price));
    if (event.earns) facts.push(make("li", "fact credit", event.earns));
    event.deadlines.forEach(function (due) {
      var soon = due.day <= our.addDays(clock.today, our.SOON) ? " soon" : "";
      if (due.day >= clock.today) facts.push(make("li", "fact due" + soon, dueText(due, clock)));
    });
    [event.series, event.more].forEach(function (text) { if (text) facts.push(make("li", "fact plain", text)); });
    return facts.length ? make("ul", "facts", "", facts) : null;
  }

  function dueText(due, clock) {
    if (due.day === clock.today) return DUE[due.kind] + " today";
    return DUE[due.kind] + " " + our.dateText(due.day);
  }
})(Symposia);
