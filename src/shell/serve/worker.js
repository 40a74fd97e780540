// Listens for news of the server on behalf of a page, which may be under a policy that forbids it connections.
"use strict";
const source = new EventSource("events" + self.location.search);
for (const name of ["files", "styles", "faults", "reset", "moved"]) {
  source.addEventListener(name, (event) => {
    self.postMessage({ name, stamp: event.lastEventId, data: JSON.parse(event.data) });
  });
}
