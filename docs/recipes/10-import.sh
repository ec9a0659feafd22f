# 从旧系统导入会员与余额 · Members and their balances, out of another system
. ./shop.sh

curl -s "$SCRIP_URL/v1/membership-plans" -H "$auth" --json '{"name": {"zh": "年卡", "en": "Year card"},
  "span": {"count": 12, "unit": "months"}, "price": 19900, "discount": {"ppm": 100000}}' >/dev/null

# 上传表格：标题用自己的话写即可 · Send the table in; its headings may be in your own words
cat >members.csv <<'END'
手机号,姓名,余额,赠送余额,积分,卡种,到期日期,生日,标签
13800138001,林夕,"1,234.50",100,320,年卡,2040-12-31,05-17,常客
13800138002,王五,88,0,0,,,,
1380013800,少一位,10,,,金卡,,,
END
answer=$(curl -s "$SCRIP_URL/v1/imports?kind=members&fileName=members.csv" -H "$auth" -H 'Content-Type: text/csv' \
  --data-binary @members.csv)
import=$(grep -o 'imp_[0-9a-z]*' <<<"$answer" | head -1)
rm members.csv
until curl -s "$SCRIP_URL/v1/imports/$import" -H "$auth" | grep -q '"state":"read"'; do sleep 0.2; done
curl -s "$SCRIP_URL/v1/imports/$import" -H "$auth"

# 先检查：什么也不改 · First it is looked through: nothing is changed
curl -s "$SCRIP_URL/v1/imports/$import/check" -H "$auth" --json '{"existing": "skip"}' >/dev/null
until curl -s "$SCRIP_URL/v1/imports/$import" -H "$auth" | grep -q '"state":"checked"'; do sleep 0.2; done
curl -s "$SCRIP_URL/v1/imports/$import/problems" -H "$auth"

# 不合格的行不会悄悄略过 · Rows that are not good are not left out silently
curl -s "$SCRIP_URL/v1/imports/$import/apply" -H "$auth" -H 'Idempotency-Key: import-1' --json '{}'

# 说明略过，再导入 · Say that they are, and it is carried out
curl -s "$SCRIP_URL/v1/imports/$import/apply" -H "$auth" -H 'Idempotency-Key: import-2' --json '{"skipBad": true}' >/dev/null
until curl -s "$SCRIP_URL/v1/imports/$import" -H "$auth" | grep -q '"state":"applied"'; do sleep 0.2; done
curl -s "$SCRIP_URL/v1/imports/$import/rows" -H "$auth"

# 同一个文件不会导入两次 · The same file is not taken twice
printf '%s\n' '手机号,姓名,余额,赠送余额,积分,卡种,到期日期,生日,标签' \
  '13800138001,林夕,"1,234.50",100,320,年卡,2040-12-31,05-17,常客' '13800138002,王五,88,0,0,,,,' \
  '1380013800,少一位,10,,,金卡,,,' |
  curl -s "$SCRIP_URL/v1/imports?kind=members&fileName=again.csv" -H "$auth" -H 'Content-Type: text/csv' --data-binary @-

# 整次撤销：收回剩下的，一分不差 · Taken back as a whole, to the cent
curl -s "$SCRIP_URL/v1/imports/$import/reverse" -H "$auth" -H 'Idempotency-Key: back-1' --json '{"reason": "wrong file"}' >/dev/null
until curl -s "$SCRIP_URL/v1/imports/$import" -H "$auth" | grep -q '"state":"reversed"'; do sleep 0.2; done
curl -s "$SCRIP_URL/v1/imports/$import/rows" -H "$auth"
