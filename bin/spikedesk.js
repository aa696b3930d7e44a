#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as module from 'node:module'
import { join } from 'node:path'
import { findProjectNode, isProjectNode, noNodeSentence, root, runInForeground } from './projectNode.js'

/** Starts the command line, src-main/cli.ts, under a Node that runs TypeScript as it stands. */
if (isProjectNode && existsSync(join(root, 'node_modules'))) {
  module.enableCompileCache?.()
  // Started by the lines below: killing the launcher kills the program, as if they were one.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  const { main } = await import('../src-main/cli.ts')
  await main(process.argv.slice(2))
} else {
  const node = isProjectNode ? null : findProjectNode()
  if (node) {
    const script = join(root, 'bin', 'spikedesk.js')
    const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
    process.exitCode = await runInForeground(node, [script, ...process.argv.slice(2)], { stdio })
  } else {
    console.error(noNodeSentence)
    process.exitCode = 1
  }
}
