-- Redeems random cards. The file of cards, the store and the key come in by the environment.
local cards = {}
for line in io.lines(os.getenv("BENCH_CARDS")) do
  local code, pin = line:match("([^,]+),([^,]+)")
  cards[#cards + 1] = '{"code":"' .. code .. '","pin":"' .. pin .. '","amount":1,"currency":"CNY","storeId":"'
    .. os.getenv("BENCH_STORE") .. '","reference":"'
end
local run = os.getenv("BENCH_RUN")
local head = "POST /v1/redemptions HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nAuthorization: Bearer "
  .. os.getenv("BENCH_KEY") .. "\r\nIdempotency-Key: "
local n = 0
math.randomseed(os.time())

request = function()
  n = n + 1
  local name = run .. "-" .. n
  local body = cards[math.random(#cards)] .. name .. '"}'
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
