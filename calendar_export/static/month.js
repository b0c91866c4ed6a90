// The month: a table of weeks on wide screens, a list by day on narrow ones.
(function (our) {
  var MOST = 4;
  var LONG = 7;
  var WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  var make = our.make;

  our.nextMonth = function (month, step) {
    var moved = new Date(month + "-01T00:00:00Z");
    moved.setUTCMonth(moved.getUTCMonth() + step);
    return moved.toISOString().slice(0, 7);
  };

  // The events of each day of `month`: up to a week long on each of their days, longer ones on their first and last.
  our.byDay = function (events, month) {
    var days = {};
    events.forEach(function (event) {
      daysOf(event).forEach(function (day) {
        if (day.slice(0, 7) === month) (days[day] = days[day] || []).push(event);
      });
    });
    return days;
  };

  function daysOf(event) {
    var days = [event.day];
    if (event.endDay === event.day) return days;
    for (var day = our.addDays(event.day, 1); day < event.endDay; day = our.addDays(day, 1)) {
      days.push(day);
      if (days.length > LONG) return [event.day, event.endDay];
    }
    return days.concat(event.endDay);
  }

  our.tableOf = function (month, days, clock, showDay) {
    var head = make("tr", "", "", WEEKDAYS.map(function (name) {
      var cell = make("th", "", "", [make("abbr", "", name.slice(0, 3))]);
      cell.scope = "col";
      cell.firstChild.title = name;
      return cell;
    }));
    var caption = make("caption", "hidden", our.monthText(month));
    var body = make("tbody", "", "", weeks(month).map(function (week) {
      return make("tr", "", "", week.map(function (day) { return cellOf(day, month, days[day] || [], clock, showDay); }));
    }));
    return make("table", "grid", "", [caption, make("thead", "", "", [head]), body]);
  };

  function weeks(month) {
    var first = month + "-01";
    var day = our.addDays(first, -((new Date(first).getUTCDay() + 6) % 7));
    var found = [];
    while (day.slice(0, 7) <= month) {
      var week = [];
      for (var i = 0; i < 7; i++, day = our.addDays(day, 1)) week.push(day);
      found.push(week);
    }
    return found;
  }

  function cellOf(day, month, events, clock, showDay) {
    if (day.slice(0, 7) !== month) return make("td", "outside");
    var number = make("time", "num", String(+day.slice(8)));
    number.dateTime = day;
    var list = events.length ? make("ul", "", "", events.slice(0, MOST).map(entryOf)) : null;
    var rest = events.length > MOST ? moreOf(day, events.length - MOST, showDay) : null;
    var look = day === clock.today ? "today" : day < clock.today ? "past" : "";
    return make("td", look, "", [number, day === clock.today ? make("span", "hidden", "today") : null, list, rest]);
  }

  function entryOf(event) {
    var status = our.statusText(event);
    var link = our.link(event.status === "cancelled" ? "off" : "", "", "events/" + event.id + ".html");
    if (event.hour) link.append(make("span", "hour", event.hour), " ");
    if (status) link.append(make("span", "hidden", status + ": "));
    var name = make("span", "name", event.name);
    if (event.words && event.words.slice(0, 2) !== "en") name.lang = event.words;
    link.append(name);
    return make("li", "", "", [link]);
  }

  function moreOf(day, count, showDay) {
    var button = make("button", "rest", count + " more");
    button.type = "button";
    button.append(make("span", "hidden", " on " + our.dateText(day)));
    button.addEventListener("click", function () { showDay(day); });
    return button;
  }

  our.agendaOf = function (days) {
    var keys = Object.keys(days).sort();
    return make("div", "agenda", "", keys.map(function (day) {
      var heading = make("h3", "", "", [make("span", "num", String(+day.slice(8))), " ", make("span", "dow", our.weekdayText(day))]);
      return make("section", "", "", [heading, make("ul", "", "", days[day].map(entryOf))]);
    }));
  };
})(Symposia);
