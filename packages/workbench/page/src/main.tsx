import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { restoreTheme } from './kit/theme.js';

restoreTheme();
createRoot(document.getElementById('root')!).render(<App />);
