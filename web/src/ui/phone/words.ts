import { defineWords } from '../words.ts';

export const keypadWords = defineWords({
  erase: ['删除一位', 'Erase one'],
  point: ['小数点', 'Point'],
});

export const scannerWords = defineWords({
  aim: ['把码放进框里', 'Hold the code inside the frame'],
  starting: ['正在打开相机', 'Opening the camera'],
  denied: [
    '不能使用相机。请在浏览器里允许，或直接输入卡号。',
    'The camera cannot be used. Allow it in the browser, or type the code.',
  ],
  close: ['关闭相机', 'Close the camera'],
  torchOn: ['开灯', 'Light on'],
  torchOff: ['关灯', 'Light off'],
});

export const codeBoxWords = defineWords({
  codeHint: ['扫码枪、相机或手输', 'Scanner, camera or typed'],
  looking: ['正在查', 'Looking'],
  camera: ['相机扫码', 'Scan with the camera'],
  nfc: ['碰一碰', 'Tap a tag'],
  nfcOn: ['请把卡靠近手机', 'Hold the tag to the phone'],
});
