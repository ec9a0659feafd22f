-- Sends bodies picked at random. Their file, the path and the key come in by the environment; each "@" becomes a name of its own.
local before, after = {}, {}
for line in io.lines(os.getenv("BENCH_BODIES")) do
  local first, last = line:match("^(.-)@(.*)$")
  before[#before + 1] = first
  after[#after + 1] = last
end
local run = os.getenv("BENCH_RUN")
local head = "POST " .. os.getenv("BENCH_PATH") .. " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nAuthorization: Bearer "
  .. os.getenv("BENCH_KEY") .. "\r\nIdempotency-Key: "
local n = 0
math.randomseed(os.time())

request = function()
  n = n + 1
  local name = run .. "-" .. n
  local at = math.random(#before)
  local body = before[at] .. name .. after[at]
  return head .. name .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

-- What is not 201 is counted apart by wrk ("Non-2xx"); the first one is shown.
local shown = false
response = nil
if os.getenv("BENCH_DEBUG") then
  response = function(status, headers, body)
    if status ~= 201 and not shown then shown = true; io.stderr:write(status .. " " .. body .. "\n") end
  end
end
