// `npm run bench -- NAME [--option value]`. Plain JavaScript: it is what makes Node read the TypeScript beside it.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exit(await main(process.argv.slice(2)));
