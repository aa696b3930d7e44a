import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Rooms of src-main in the order of the data; a room may import itself and those before it. */
const rooms = [
  'native',
  'containers',
  'datasets',
  'encoding',
  'engine',
  'training',
  'recording',
  'analysis',
  'checkpoints',
  'runs',
]
const afterRooms = ['workbench', 'app', 'cli', 'serve']
const entries = ['index', 'preload', 'compute', 'serve', 'cli']
const electron = { name: 'electron', message: 'Only index.ts, preload.ts and app/ know Electron.' }

function forbid(paths, patterns) {
  return { 'no-restricted-imports': ['error', { paths, patterns }] }
}

function roomRule(room, index) {
  const later = [...rooms.slice(index + 1), ...afterRooms].map((name) => `**/${name}/**`)
  return {
    files: [`src-main/${room}/**/*.ts`],
    rules: forbid(
      [electron],
      [
        { group: later, message: `${room}/ may import only rooms earlier in the order of the data.` },
        {
          group: entries.map((entry) => `../${entry}.ts`),
          message: 'Entries import rooms, not the other way round.',
        },
        { group: ['**/src-renderer/**'], message: 'The main side does not know the page.' },
      ],
    ),
  }
}

const nodeOnly = ['process', 'Buffer', '__dirname', '__filename', 'require', 'module', 'global']
const browserOnly = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'location']
const ban = (names, message) => ({
  'no-restricted-globals': ['error', ...names.map((name) => ({ name, message }))],
})

export default tseslint.config(
  {
    ignores: [
      'out/',
      'node_modules/',
      'src-native/build/',
      'src-native/build-headers/',
      'coverage/',
      'tests/e2e/screenshots/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      'no-undef': 'off',
      'no-console': 'off',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  {
    files: ['src-shared/**/*.ts'],
    rules: {
      ...forbid(
        [electron],
        [
          {
            group: ['**/src-main/**', '**/src-renderer/**', 'node:*', 'vue', 'pinia'],
            message: 'src-shared is pure and imports only itself.',
          },
        ],
      ),
      ...ban([...nodeOnly, ...browserOnly], 'src-shared touches no runtime global.'),
    },
  },
  ...rooms.map(roomRule),
  {
    files: ['src-main/{workbench,cli,serve}/**/*.ts', 'src-main/{cli,serve,compute}.ts'],
    rules: forbid(
      [electron],
      [
        {
          group: ['**/app/**', '**/src-renderer/**'],
          message: 'The hosts do not know the shell or the page.',
        },
      ],
    ),
  },
  {
    files: ['src-main/app/**/*.ts'],
    rules: forbid(
      [],
      [
        {
          group: rooms.map((room) => `**/${room}/**`),
          message: 'The shell computes nothing; it talks to the workbench.',
        },
      ],
    ),
  },
  {
    files: ['src-main/app/**/*.ts', 'src-main/{index,preload}.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='shell'][property.name='openExternal']",
          message: 'Links leave the program through app/openExternal.ts alone.',
        },
        {
          selector:
            'MemberExpression[object.name=/^ipc(Main|Renderer)$/][property.name=/^(sendSync|handle|handleOnce)$/]',
          message: 'Messages pass through the one checked channel.',
        },
      ],
    },
  },
  {
    files: ['src-main/app/openExternal.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    rules: {
      ...forbid(
        [electron],
        [{ group: ['**/src-main/**', 'node:*'], message: 'The page knows src-shared and itself.' }],
      ),
      ...ban(nodeOnly, 'The page has no Node.'),
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['src-renderer/{charts,forms,ui}/**/*.{ts,vue}'],
    rules: forbid(
      [electron],
      [
        {
          group: ['**/stores/**', '**/bridge/**', '**/views/**'],
          message: 'Charts, forms and ui take props and know no store.',
        },
        { group: ['**/src-main/**', 'node:*'], message: 'The page knows src-shared and itself.' },
      ],
    ),
  },
  {
    files: ['src-renderer/{views,builder,stores}/**/*.{ts,vue}', 'src-renderer/App.vue'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'spikedesk', message: 'Only bridge/ touches the channel.' },
      ],
      'no-restricted-globals': ['error', { name: 'WebSocket', message: 'Only bridge/ touches the channel.' }],
    },
  },
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  prettier,
)
