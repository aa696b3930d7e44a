import packageFile from '../../package.json' with { type: 'json' }

/** Version of this program. */
export const productVersion: string = packageFile.version

/** What a run was made with. */
export function runVersions(): Record<string, string> {
  return {
    spikedesk: productVersion,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
}
