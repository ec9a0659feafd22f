import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import english from 'antd/es/locale/en_US';
import chinese from 'antd/es/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '../ui/asking.ts';
import { useLanguage } from '../ui/words.ts';
import { router } from './router.ts';
import '../ui/base.css';
import './console.css';
import { theme } from './theme.ts';

const client = newQueryClient();

function Console() {
  const language = useLanguage();
  return (
    <ConfigProvider
      locale={language === 'zh' ? chinese : english}
      theme={theme}
      button={{ autoInsertSpace: false }}
      // On a long form what is wrong is above the screen: without this its button would seem to do nothing.
      form={{ scrollToFirstError: { block: 'center', focus: true } }}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  );
