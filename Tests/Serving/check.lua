-- For wrk: asks for each page in turn, and counts answers that are no page, or not whole.
local routes = {}
for line in io.lines(os.getenv("ROUTES")) do routes[#routes + 1] = line end
local threads = {}
function setup(thread)
  thread:set("bad", 0)
  table.insert(threads, thread)
end
local number = 0
function request()
  number = number % #routes + 1
  return wrk.format("GET", routes[number])
end
function response(status, headers, body)
  if status ~= 200 or body:sub(-8) ~= "</html>\n" then bad = bad + 1 end
end
function done(summary, latency, requests)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + thread:get("bad") end
  io.write(string.format("wrk: %d answers, %d bad, %d errors\n", summary.requests, bad,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
