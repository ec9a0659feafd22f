type Message = { readonly records: readonly { readonly recordType: string; readonly data?: DataView }[] };
type NfcReader = {
  scan(options: { signal: AbortSignal }): Promise<void>;
  onreading: ((event: { readonly message: Message }) => void) | null;
};
type NfcReaderClass = new () => NfcReader;

const nfc = (globalThis as { NDEFReader?: NfcReaderClass }).NDEFReader;

/** Whether this browser reads NFC tags; Chrome on Android does. */
export const hasNfc = nfc !== undefined;

/** Hears of each tag's text until it is told to stop. Throws where the person does not allow it. */
export async function listenForTags(signal: AbortSignal, onText: (text: string) => void): Promise<void> {
  if (!nfc) return;
  const reader = new nfc();
  reader.onreading = ({ message }) => {
    const record = message.records.find(({ recordType }) => recordType === 'text' || recordType === 'url');
    if (record?.data) onText(new TextDecoder().decode(record.data));
  };
  await reader.scan({ signal });
}
