import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const DATA_VIEW = {
  selector: "NewExpression[callee.name='DataView']",
  message:
    'Only src/bytes makes a DataView; read through a ByteView, whose `data` is for loops that were checked as a whole.',
};
const TEXT_DECODER = {
  selector: "NewExpression[callee.name='TextDecoder']",
  message: 'TextDecoder maps different names to one text; names in files are decoded by decodeName of src/bytes.',
};
const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Exports have names.',
};
const EXPORT_ALL = {
  selector: 'ExportAllDeclaration:not([exported])',
  message: 'Barrels list names one by one.',
};

export default tseslint.config(
  { ignores: ['dist/', 'site/', 'coverage/', 'fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `bytes[i] as number` says that the bounds were checked; `!` would be one character that says nothing.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Loops over typed columns count on purpose.
      '@typescript-eslint/prefer-for-of': 'off',
      eqeqeq: 'error',
      'object-shorthand': 'error',
      'no-restricted-syntax': ['error', EXPORT_ALL],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', DATA_VIEW, TEXT_DECODER, DEFAULT_EXPORT, EXPORT_ALL],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'Only src/node and src/cli know Node; the rest runs in a browser.' },
          ],
          paths: builtinModules.map((name) => ({ name, message: 'Built-in modules are imported as node:*.' })),
        },
      ],
    },
  },
  {
    // The root entry is the sum of the folders' barrels; test/contracts/exports.json pins what comes out.
    files: ['src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT] },
  },
  {
    files: ['src/bytes/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, EXPORT_ALL] },
  },
  {
    files: ['src/node/**/*.ts', 'src/cli/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['Buffer', 'console', 'process', 'URL', 'performance', 'setTimeout'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
