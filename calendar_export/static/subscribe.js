// Subscribing to what is shown: the published calendar that holds exactly that, or the smallest that holds all of it.
(function (our) {
  var make = our.make;

  // The address of the export on the web, with a slash at the end; null where the page is open from a file.
  our.publicAddress = function () {
    var known = document.body.dataset.url;
    if (known) return known;
    if (!/^https?:$/.test(location.protocol)) return null;
    return new URL(document.body.dataset.root || "./", location.href.split(/[?#]/)[0]).href;
  };

  // {name, title, exact} of the feed for `where`. Feeds are [name, title, query, count, deadlines].
  our.feedFor = function (feeds, where) {
    var query = our.queryString(where);
    var wide = null;
    var events = feeds.filter(function (feed) { return !feed[4]; });
    var exact = events.find(function (feed) { return feed[2] === query; });
    events.forEach(function (feed) {
      if (our.covers(our.parseQuery(feed[2]), where) && (!wide || feed[3] < wide[3])) wide = feed;
    });
    var found = exact || wide;
    return found ? { name: found[0], title: found[1], path: "feeds/" + found[0] + ".ics", exact: Boolean(exact) } : null;
  };

  // What a calendar program needs to subscribe to the file at `address`.
  our.calendarLinks = function (address, title) {
    var webcal = address.replace(/^https?:/, "webcal:");
    var asked = "url=" + encodeURIComponent(address) + "&name=" + encodeURIComponent(title);
    return [
      ["Apple, Thunderbird and others", webcal],
      ["Google Calendar", "https://calendar.google.com/calendar/r?cid=" + encodeURIComponent(webcal)],
      ["Outlook.com", "https://outlook.live.com/calendar/0/addfromweb?" + asked],
      ["Outlook at work or school", "https://outlook.office.com/calendar/0/addfromweb?" + asked]
    ];
  };

  // What stands in the panel for `where`.
  our.panelOf = function (feeds, where) {
    var query = our.queryString(where), base = our.publicAddress(), found = our.feedFor(feeds, where);
    var parts = document.createDocumentFragment();
    if (base && query && document.body.dataset.server && !(found && found.exact)) {
      found = { title: "Events for educators: my filter", path: "events.ics?" + query, exact: true };
    }
    if (query && !(found && found.exact)) parts.append(nearest(found, query));
    else parts.append(make("p", "", "New events and changes then arrive in your own calendar by themselves."));
    if (found) parts.append(buttons(found, base));
    parts.append(make("p", "", "", [our.link("", "All calendars: by topic, kind, language, country", "feeds.html")]));
    return parts;
  };

  function nearest(found, query) {
    var whole = make("div", "note", "", [make("p", "", "No calendar is published for exactly this filter. " +
      (found ? "The closest one that holds all of it, and more, is \u201c" + found.title + "\u201d." : ""))]);
    var lines = '[[feed]]\nname = "my-events"\nwhere = "' + query + '"';
    var code = make("pre", "", "", [make("code", "", lines)]);
    code.tabIndex = 0;
    whole.append(make("details", "", "", [
      make("summary", "", "How to get a calendar of your own"),
      make("p", "", "Ask whoever runs this site to add these lines to symposia.toml:"),
      code
    ]));
    return whole;
  }

  function buttons(found, base) {
    var list = make("ul", "buttons");
    var add = function (child) { list.append(make("li", "", "", [child])); };
    if (base) {
      our.calendarLinks(base + found.path, found.title).forEach(function (pair) { add(outward("button", pair[0], pair[1])); });
      add(copyButton("Copy the address", base + found.path));
    }
    var file = our.link("button", "Download the file", found.path);
    file.download = "";
    add(file);
    return make("div", "", "", [list, base ? null : fromFile()]);
  }

  function fromFile() {
    return make("p", "note", "This page is open from a file on this computer. Calendar programs can subscribe only to a " +
      "public address. From here you can only download the calendar, and it won\u2019t be kept up to date.");
  }

  function outward(look, text, address) {
    var link = our.link(look, text, address);
    link.rel = "noopener noreferrer";
    return link;
  }
  our.outward = outward;

  function copyButton(text, address) {
    var button = make("button", "button", text);
    button.type = "button";
    button.addEventListener("click", function () {
      copy(address).then(function () { said(button, "Copied"); }, function () { said(button, address); });
    });
    return button;
  }
  our.copyButton = copyButton;

  // Only pages on https, or on this computer, may use the clipboard; others show what to copy.
  function copy(text) {
    return navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard"));
  }

  function said(button, text) {
    var answer = button.parentNode.querySelector("[role=status]");
    if (!answer) button.after(answer = make("span", "answer"));
    answer.setAttribute("role", "status");
    answer.textContent = text;
  }
})(Symposia);
