import type { FileContent } from './read.ts'

/** One of the four files of a publication of the MNIST family. */
export type FileRole = 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'

/**
 * By what a published file is known: the MD5 of the gzip file as published, and the SHA-256 of its content, by
 * which a file that was unpacked or packed again is known too; null where nobody has published one.
 */
interface Fingerprint {
  packedMd5: string
  plainSha256: string | null
}

/** A publication of the MNIST family: its names, its terms, and its files. */
export interface Family {
  id: string
  name: string
  classes: readonly string[]
  origin: string
  licence: string
  /** Whether a folder or file prefix of this name (lower case, letters and digits only) is likely to be it. */
  named: RegExp
  files: Readonly<Record<FileRole, Fingerprint>>
}

const numerals = [...'0123456789']
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const smallLetters = [...'abcdefghijklmnopqrstuvwxyz']
/** Small letters that EMNIST does not merge with their capitals. */
const unmergedLetters = [...'abdefghnqrt']

type Sums = [packedMd5: string, plainSha256?: string]

function fingerprint([packedMd5, plainSha256]: Sums): Fingerprint {
  return { packedMd5, plainSha256: plainSha256 ?? null }
}

function files(trainImages: Sums, trainLabels: Sums, testImages: Sums, testLabels: Sums): Family['files'] {
  return {
    trainImages: fingerprint(trainImages),
    trainLabels: fingerprint(trainLabels),
    testImages: fingerprint(testImages),
    testLabels: fingerprint(testLabels),
  }
}

function emnist(variant: string, title: string, classes: readonly string[], md5: string[]): Family {
  return {
    id: `emnist-${variant}`,
    name: `EMNIST ${title}`,
    classes,
    origin:
      'EMNIST (Cohen, Afshar, Tapson, van Schaik 2017), from NIST Special Database 19; its images are stored transposed, as published',
    licence: 'not stated by its publishers',
    named: new RegExp(`emnist${variant}`),
    files: files([md5[0]], [md5[1]], [md5[2]], [md5[3]]),
  }
}

/**
 * The table of known publications. The order matters for `named`: the first that fits is taken.
 *
 * Sources of the checksums: the MD5 sums are those that torchvision (MNIST, Fashion-MNIST, KMNIST) and
 * deeplearning4j (EMNIST) check their downloads by. The SHA-256 sums of MNIST's test files and of all of
 * Fashion-MNIST were computed from the files; those of MNIST's training files are widely published.
 */
export const families: readonly Family[] = [
  emnist(
    'letters',
    'Letters',
    ['N/A', ...smallLetters],
    [
      '8795078f199c478165fe18db82625747',
      'c16de4f1848ddcdddd39ab65d2a7be52',
      '382093a19703f68edac6d01b8dfdfcad',
      'd4108920cd86601ec7689a97f2de7f59',
    ],
  ),
  emnist('digits', 'Digits', numerals, [
    'd2662ecdc47895a6bbfce25de9e9a677',
    '2223fcfee618ac9c89ef20b6e48bcf9e',
    'a159b8b3bd6ab4ed4793c1cb71a2f5cc',
    '8afde66ea51d865689083ba6bb779fac',
  ]),
  emnist('mnist', 'MNIST', numerals, [
    '3663598a39195d030895b6304abb5065',
    '6c092f03c9bb63e678f80f8bc605fe37',
    'fb51b6430fc4dd67deaada1bf25d4524',
    'ae7f6be798a9a5d5f2bd32e078a402dd',
  ]),
  emnist(
    'balanced',
    'Balanced',
    [...numerals, ...capitals, ...unmergedLetters],
    [
      '4041b0d6f15785d3fa35263901b5496b',
      '7a35cc7b2b7ee7671eddf028570fbd20',
      '6818d20fe2ce1880476f747bbc80b22b',
      'acd3694070dcbf620e36670519d4b32f',
    ],
  ),
  emnist(
    'bymerge',
    'ByMerge',
    [...numerals, ...capitals, ...unmergedLetters],
    [
      '4a792d4df261d7e1ba27979573bf53f3',
      '491be69ef99e1ab1f5b7f9ccc908bb26',
      '8eb5d34c91f1759a55831c37ec2a283f',
      'c13f4cd5211cdba1b8fa992dae2be992',
    ],
  ),
  emnist(
    'byclass',
    'ByClass',
    [...numerals, ...capitals, ...smallLetters],
    [
      '712dda0bd6f00690f32236ae4325c377',
      'ee299a3ee5faf5c31e9406763eae7e43',
      '1435209e34070a9002867a9ab50160d7',
      '7a0f934bd176c798ecba96b36fda6657',
    ],
  ),
  {
    id: 'fashion-mnist',
    name: 'Fashion-MNIST',
    classes: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    origin: 'Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), Zalando Research',
    licence: 'MIT',
    named: /fashion/,
    files: files(
      [
        '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
        'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      ],
      [
        '25c81989df183df01b3e8a0aad5dffbe',
        'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      ],
      [
        'bef4ecab320f06d8554ea6380940ec79',
        '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      ],
      [
        'bb300cfdad3c16e7a12a480ee83cd310',
        '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
      ],
    ),
  },
  {
    id: 'kmnist',
    name: 'KMNIST',
    classes: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
    origin: 'Kuzushiji-MNIST (Clanuwat and others 2018), ROIS-DS Center for Open Data in the Humanities',
    licence: 'CC BY-SA 4.0',
    named: /kmnist|kuzushiji/,
    files: files(
      ['bdb82020997e1d708af4cf47b453dcf7'],
      ['e144d726b3acfaa3e44228e80efcd344'],
      ['5c965bf0a639b31b8f53240b1b52f4d7'],
      ['7320c461ea6c1c855c0b718fb2a4b134'],
    ),
  },
  {
    id: 'mnist',
    name: 'MNIST',
    classes: numerals,
    origin: 'MNIST (LeCun, Cortes, Burges 1998)',
    licence: 'CC BY-SA 3.0',
    named: /^mnist|mnist$/,
    files: files(
      [
        'f68b3c2dcbeaaa9fbdd348bbdeb94873',
        'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      ],
      [
        'd53e105ee54ea40749a09fcbcd1e9432',
        '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      ],
      [
        '9fb629c4189551a2d022fa330f9573f3',
        '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      ],
      [
        'ec29112dd5afa0611ce80d1b7f02629c',
        'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      ],
    ),
  },
]

/** The publication that every one of the files belongs to by its checksum; undefined where there is none. */
export function familyOfContent(
  content: Partial<Record<FileRole, Pick<FileContent, 'packedMd5' | 'plainSha256'>>>,
): Family | undefined {
  const found = Object.entries(content)
  return families.find((family) =>
    found.every(([role, { packedMd5, plainSha256 }]) => {
      const published = family.files[role as FileRole]
      return published.packedMd5 === packedMd5 || published.plainSha256 === plainSha256
    }),
  )
}

/** The publication that a name hints at, e.g. of the folder `FashionMNIST`. A hint only: see `Family.named`. */
export function familyOfName(name: string): Family | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  return plain === '' ? undefined : families.find((family) => family.named.test(plain))
}
