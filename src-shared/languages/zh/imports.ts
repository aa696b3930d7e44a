import type { importErrors, importPhrases } from '../../errors/imports.ts'

/** Errors of importing datasets in Chinese. */
export const importSentences: Record<keyof typeof importErrors, string> = {
  'dataset.fileTooLarge':
    '{file} 有 {found} 字节。一个记录或一张图片最多读取 {limit} 字节。请把它分成几部分。',
  'dataset.wantsImages': '{dataset} 中是事件记录，而这里需要图像。请选择图像数据集。',
  'dataset.wantsEvents': '{dataset} 中是图像，而这里需要事件记录。请选择事件数据集，或由这些图像生成一个。',
  'dataset.noWorkspace': '“{id}”在首次使用时于工作区中生成，而现在没有打开的工作区。请先打开一个工作区。',
  'dataset.notImported':
    '{path} 中的记录或图片须先导入才能读取。请先添加它，例如使用“spikedesk datasets add”。',
  'dataset.packedDamaged': '导入的文件 {file} 已损坏。请从原来的位置重新添加数据集。',
  'dataset.packedVersion': '{file} 的导入数据集版本为 {found}。此程序最高可读取版本 {known}。请更新程序。',
  'dataset.importUnwritable': '无法写入导入到 {path} 的数据：{reason}。没有保留任何内容。',
  'dataset.cancelled': '已取消导入 {path}，没有保留任何内容。',
  'dataset.classesMissing':
    '{path} 的 {split} 部分没有这些类别的样本：{missing}。{name} 的每个部分都有 {classes} 个类别。请重新复制或下载，或在导入时略去有问题的部分。',
  'dataset.tooManyClasses': '{path} 有 {found} 个类别文件夹。最多读取 {limit} 个类别。',
  'dataset.importProblems':
    '{path}：{total} 个样本中有 {count} 个不能照原样使用。第一个是 {first}：{kind}。请替换这些文件（{names}），或在导入时略去或修复有问题的部分。',
  'dataset.nothingLeft': '{path} 中没有可用的样本：全部 {count} 个都已损坏、为空或次序有误。',
  'dataset.singleRecording':
    '{path} 是单个记录（{format}）。数据集是一个文件夹，其中每个类别有一个记录文件夹。单个记录可用“spikedesk datasets info”查看。',
  'dataset.missingFile': '{path} 中没有 {name} 需要的 {wanted}。请把它复制到那里。',
  'dataset.recordLength': '{file} 有 {found} 字节，不是一张图像 {wanted} 字节的整数倍。请重新复制或下载。',
  'recording.truncated':
    '{file} 在一个事件的中间结束：{found} 字节不是一个事件 {wanted} 字节的整数倍。请重新复制或下载。',
  'recording.foreign': '不管文件名如何，{file} 都不是这里认识的事件记录。需要的是其中之一：{wanted}。',
  'recording.damaged': '{file} 已损坏：{detail}。请重新复制或下载。',
  'recording.line': '{file}：第 {line} 行是“{found}”。需要的是{wanted}。',
  'recording.value': '{file}：事件 {index} 的 {column} 为 {found}。需要 0 到 {last} 的整数。',
  'recording.empty': '{file} 中没有事件，而记录至少有一个事件。请更换文件，或不导入它。',
  'recording.unsorted':
    '{file}：时间倒退 {events} 次，首次在事件 {index}。记录中的事件必须按时间先后排列。请更换文件，或在导入时略去或修复有问题的样本。',
  'recording.outside':
    '{file}：{events} 个事件位于 {width} × {height} 像素的传感器之外，第一个在 x {x}、y {y}。请更换文件，或在导入时略去或修复有问题的样本。',
  'recording.tooLong': '{file} 长 {seconds} 秒。可导入的最长记录为 4294 秒。请把它分成几部分。',
  'array.damaged': '{file} 不是完整的 NumPy 数组：{detail}。',
  'array.type': '{file} 中的值类型为 {found}。需要的是{wanted}。',
  'array.shape': '{file} 中数组的形状为 {found}。需要的是{wanted}。',
  'array.missing': '{file} 中没有名为 {wanted} 的数组。其中有：{holds}。',
  'hdf.damaged': '无法把 {file} 作为 HDF5 文件读取（{detail}）。请重新复制或下载。',
  'hdf.missing':
    '{file} 中没有“{missing}”。需要像 SHD 和 SSC 那样含有 spikes/times、spikes/units 和 labels 的 HDF5 文件。',
  'hdf.shape': '{file}：“{name}”是{found}。需要的是{wanted}。',
  'picture.unreadable': '{file} 不是可读取的图片（{detail}）。请替换它，或在导入时略去有问题的部分。',
  'picture.size':
    '{file} 为 {found}，但数据集的第一张图片为 {wanted}。一个数据集的所有图片必须大小相同。请调整其大小，或在导入时略去有问题的部分。',
  'picture.tooLarge': '{file} 有 {width} × {height} 像素。一张图片最多读取 {limit} 像素。',
  'picture.total': '{path} 的像素将超过 {limit} 字节，即一个图像数据集的上限。请减少图片数量或尺寸。',
  'archive.unsafeName': '已拒绝 {file}：其中的文件名“{name}”指向归档之外，数据归档不会如此。',
  'archive.absurd':
    '已拒绝 {file}：它声称“{name}”从 {packed} 字节解压为 {found} 字节，数据不会如此。请重新复制或下载。',
  'archive.damaged': '{file} 不是完整的归档：无法读取其文件列表。请重新复制或下载。',
  'archive.damagedEntry': '{file}：其中的“{name}”已损坏，内容与校验和不符。请重新复制或下载该归档。',
  'archive.encrypted': '{file}：其中的“{name}”已加密。请先用密码解压。',
  'archive.method': '{file}：其中的“{name}”使用方法 {method} 压缩，这里无法读取。请用 deflate 重新压缩。',
  'archive.nameTwice': '{file} 把“{name}”列出了两次，因此归档已损坏。请重新复制或下载。',
  'archive.tooMany': '{path} 中的文件超过 {limit} 个，即最多查看的数量。',
}

export const importParts: Record<keyof typeof importPhrases, string> = {
  'problem.unreadable': '已损坏',
  'problem.empty': '没有事件',
  'problem.unsorted': '时间倒退',
  'problem.outside': '有事件位于传感器之外',
  'problem.tooLong': '过长',
  'problem.size': '大小不同',
  'problem.duplicated': '重复',
  'problem.dropped': '按设置去掉了事件',
  'problem.missing': '缺失',
  'detail.header': '文件头没有结束',
  'detail.headerValues': '文件头的值不合理',
  'detail.short': '过早结束',
  'detail.packet': '第 {at} 字节处的数据包不相符',
  'detail.unpack': '第 {at} 字节处的数据包无法解压',
  'detail.noEvents': '没有事件流',
  'detail.compression': '数据包使用未知方式 {found} 压缩',
  'detail.png': '损坏的 PNG 文件',
  'detail.jpeg': '损坏的 JPEG 文件',
  'detail.neither': '既不是 PNG 也不是 JPEG',
  'wanted.txyp': '以逗号分隔的一个事件的时间、x、y 和极性（0 或 1）',
  'wanted.gesture': '1 到 11 的类别、开始时间和结束时间（µs）',
  'wanted.trials': '现有记录的名称',
  'wanted.numbers': '整数或浮点数',
  'wanted.bytes': '无符号字节',
  'wanted.integers': '整数',
  'wanted.eventArray': '[events, 4]，或带有字段 t、x、y、p 的结构化数组',
  'wanted.eventVector': '[events]，与时间等长',
  'wanted.imageArray': '[images, height, width]，有通道时置于最前或最后',
  'wanted.labelArray': '[images]，与图像数相同',
  'wanted.vlenNumbers': '每个记录一个数字列表',
  'wanted.labels': '每个记录一个 0 到 255 的整数',
  'found.other': '其他内容',
  'found.entries': '{count} 项',
}
