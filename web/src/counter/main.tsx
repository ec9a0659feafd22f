import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '../ui/asking.ts';
import '../ui/base.css';
import '../ui/phone/phone.css';
import './counter.css';
import { router } from './router.ts';

const client = newQueryClient();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );

// It only keeps the shell of the page; without it the counter works the same, as long as there is a network.
if ('serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/counter/worker.js', { scope: '/counter' }).catch(() => undefined);
}
