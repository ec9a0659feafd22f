import { benchRedemptions } from './redemptions.ts';
import { startService } from './service.ts';

const service = await startService();
try {
  const figures = await benchRedemptions(service, { cards: 20_000, rounds: 1, seconds: 4 });
  console.log(figures);
  console.log('rss', (await service.memory()) / 1e6);
} finally {
  await service.stop();
}
