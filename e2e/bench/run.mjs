// `npm run bench -- NAME [--option value]`. Plain JavaScript: it lets Node load the TypeScript files beside it.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exit(await main(process.argv.slice(2)));
