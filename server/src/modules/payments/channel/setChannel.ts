import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { merchantById, storeById } from '../../merchants/index.ts';
import {
  channelAnswer,
  everyPaymentChannel,
  type PaymentChannel,
  paymentChannelById,
  paymentChannels,
} from './channel.ts';

type CreateInput = Pick<
  PaymentChannel,
  'id' | 'kind' | 'name' | 'storeId' | 'account' | 'baseUrl' | 'publicUrl' | 'lateRule' | 'credentials'
> & {
  /** Why nothing is ever sent there, looked at where the operator's settings are known. */
  readonly unfit: string | undefined;
};

const channelsMax = 20;

/** Adds a way to be paid. */
export const createPaymentChannel = useCase({
  name: 'payment_channel.create',
  permission: 'payments.write',
  movesValue: false,
  storeOf: ({ storeId }: CreateInput) => storeId,
  needs: ({ storeId }, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    store: find.one(storeById, storeId),
    all: find.all(everyPaymentChannel, 'all'),
  }),
  decide({ merchant, store, all }, { unfit, ...input }, { now }) {
    if (!merchant || !store) return refused('store_not_found', { field: 'storeId' });
    if (unfit !== undefined) return refused('webhook_url_not_allowed', { field: 'baseUrl', detail: unfit });
    if (all.length >= channelsMax) return refused('too_many_payment_channels');
    const channel: PaymentChannel = {
      ...input,
      currency: merchant.currency,
      state: 'active',
      createdAt: now,
    };
    return accepted({
      activities: [
        {
          type: 'payment_channel.created',
          subjectId: channel.id,
          details: { kind: channel.kind, account: channel.account },
        },
      ],
      changes: [put(paymentChannels, channel)],
      result: channelAnswer(channel),
    });
  },
});

type UpdateInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly state?: PaymentChannel['state'] | undefined;
  readonly lateRule?: PaymentChannel['lateRule'] | undefined;
  readonly credentials?: { readonly kind: PaymentChannel['kind']; readonly sealed: Buffer } | undefined;
};

/** Changes a way to be paid, gives it new keys, or rests it: what is under way there is still brought to its end. */
export const updatePaymentChannel = useCase({
  name: 'payment_channel.update',
  permission: 'payments.write',
  movesValue: false,
  needs: ({ id }: UpdateInput, find) => ({ before: find.one(paymentChannelById, id) }),
  ownerStoreOf: ({ before }) => before?.storeId,
  decide({ before }, { name, state, lateRule, credentials }) {
    if (!before) return refused('payment_channel_not_found');
    if (credentials && credentials.kind !== before.kind) {
      return refused('invalid_request', { field: 'credentials' });
    }
    const channel: PaymentChannel = {
      ...before,
      name: name ?? before.name,
      state: state ?? before.state,
      lateRule: lateRule ?? before.lateRule,
      credentials: credentials?.sealed ?? before.credentials,
    };
    const details = { state: channel.state, lateRule: channel.lateRule, renewed: credentials !== undefined };
    return accepted({
      activities: [{ type: 'payment_channel.updated', subjectId: channel.id, details }],
      changes: [put(paymentChannels, channel)],
      result: channelAnswer(channel),
    });
  },
});
