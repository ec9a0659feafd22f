/** What the widget looks like, whatever the page around it looks like. */
export const style = `
:host { all: initial; font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; color: #16211d; }
* { box-sizing: border-box; }
button, input { font: inherit; color: inherit; }
button { min-height: 44px; padding: 8px 18px; border: 1px solid #cfd8d3; border-radius: 10px; background: #fff; cursor: pointer; }
button:disabled { color: #52605a; background: #f5f8f6; cursor: not-allowed; }
.main { border-color: #0a6b4d; background: #0a6b4d; color: #fff; font-weight: 600; }
:focus-visible { outline: 2px solid #0a6b4d; outline-offset: 2px; }
dialog { width: min(400px, calc(100vw - 24px)); padding: 20px; border: 0; border-radius: 16px; background: #fff; color: #16211d; }
dialog::backdrop { background: rgb(0 0 0 / 45%); }
form, section { display: grid; gap: 12px; }
h2 { margin: 0; font-size: 20px; }
p { margin: 0; }
label { display: grid; gap: 4px; color: #52605a; font-size: 14px; }
input { width: 100%; min-height: 48px; padding: 8px 12px; border: 1.5px solid #cfd8d3; border-radius: 10px; color: #16211d; font: 18px ui-monospace, monospace; }
.soft { color: #52605a; }
.figure { font-size: 34px; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1.2; }
.bad { padding: 10px 12px; border-radius: 10px; background: #fdecea; color: #b3261e; }
.row { display: flex; gap: 10px; }
.row > * { flex: 1; }
[hidden] { display: none !important; }
`;
