import type { ErrorCode } from '../../errors/index.ts'
import { importSentences } from './imports.ts'
import { uploadSentences } from './uploads.ts'

/** Sentences of errors in Korean. Placeholders are followed by a noun, since particles depend on their sound. */
export const errorSentences: Record<ErrorCode, string> = {
  ...importSentences,
  ...uploadSentences,
  'dataset.unknown':
    '"{id}"(이)라는 데이터셋이 없습니다. 사용할 수 있는 데이터셋: {known}. 이 중 하나를 고르거나 폴더나 파일의 경로를 지정하십시오.',
  'dataset.notFound': '{path} 경로가 존재하지 않습니다. 데이터셋이 있는 폴더나 파일의 경로를 지정하십시오.',
  'dataset.unreadable': '{path} 파일을 읽을 수 없습니다({reason}). 파일과 권한을 확인하십시오.',
  'dataset.notData':
    '{path} 파일은 데이터셋이 아닙니다(내용: {found}). MNIST와 같은 IDX 파일, NumPy 배열, 또는 클래스별 폴더에 든 그림이나 이벤트 기록이 필요합니다.',
  'dataset.noImagesInFolder':
    '{path} 폴더에 데이터셋이 없습니다. train-images-idx3-ubyte, train-labels-idx1-ubyte 같은 IDX 파일(압축하지 않은 것 또는 .gz)이나 클래스별 폴더에 든 그림이나 이벤트 기록이 필요합니다. 폴더의 내용: {holds}.',
  'dataset.ambiguous':
    '{path} 폴더에 데이터셋이 {count}개 있습니다({names}). 그중 하나의 이미지 파일 경로를 지정하십시오.',
  'dataset.empty': '{file} 파일이 비어 있습니다. 다시 복사하거나 내려받으십시오.',
  'dataset.elementType':
    '{file} 파일의 자료형은 {found}입니다. 이미지와 레이블은 부호 없는 바이트(IDX 유형 0x08)여야 합니다.',
  'dataset.dimensions': '{file} 파일의 IDX 헤더에 적힌 차원 수는 {found}입니다. 필요한 차원: {wanted}.',
  'dataset.noSamples':
    '{file} 파일의 헤더에 적힌 크기는 {shape}이므로 샘플이 없습니다. 다른 파일을 사용하십시오.',
  'dataset.tooLarge':
    '{file} 파일의 헤더에 적힌 크기는 {shape}바이트입니다. 파일 하나에서 최대 {limit}바이트까지 읽으므로, 파일이 손상되었거나 데이터셋이 아닙니다.',
  'dataset.truncated':
    '{file} 파일이 너무 일찍 끝납니다. 헤더에 적힌 {announced}바이트 중 {found}바이트만 있습니다. 다시 복사하거나 내려받으십시오.',
  'dataset.tooLong':
    '{file} 파일이 헤더에 적힌 {announced}바이트를 넘어 계속되므로 손상된 파일입니다. 다시 복사하거나 내려받으십시오.',
  'dataset.damaged':
    '{file} 파일의 압축을 풀 수 없습니다. gzip 데이터가 손상되었습니다. 다시 복사하거나 내려받으십시오.',
  'dataset.noLabels':
    '{file} 파일 옆에 레이블이 없습니다. {wanted} 같은 레이블 파일(압축하지 않은 것 또는 .gz)을 같은 폴더에 두십시오.',
  'dataset.noImages':
    '{file} 파일에는 레이블이 있지만, 그에 해당하는 {wanted} 같은 이미지 파일(압축하지 않은 것 또는 .gz)이 같은 폴더에 없습니다.',
  'dataset.countMismatch':
    '{images} 파일의 이미지는 {imageCount}개인데 {labels} 파일의 레이블은 {labelCount}개입니다. 서로 짝이 맞는 파일을 사용하십시오.',
  'dataset.labelRange':
    '{file} 파일에서 샘플 {index}의 레이블 {label}은(는) 범위를 벗어납니다. 클래스 {classes}개에는 0부터 {last}까지의 번호가 붙습니다. 이 이미지에 맞는 레이블을 사용하십시오.',
  'dataset.shapesDiffer':
    '{train} 파일의 이미지는 {trainShape}, {test} 파일의 이미지는 {testShape}입니다. 학습 이미지와 테스트 이미지의 크기가 같아야 합니다.',
  'dataset.noTraining':
    '{dataset} 데이터셋에는 학습 샘플이 없고 테스트 샘플만 {test}개 있습니다. 평가에만 사용하거나, 학습에는 다른 데이터셋을 고르십시오.',
  'dataset.noTest':
    '{dataset} 데이터셋에는 테스트 샘플이 없고 학습 샘플만 {train}개 있습니다. 평가에는 다른 데이터셋을 고르십시오.',
  'dataset.bundled': '"{id}" 데이터셋은 프로그램에 포함되어 있어 제거할 수 없습니다.',
  'dataset.bundledMissing': '내장 샘플이 없습니다({path}). 프로그램을 다시 설치하십시오.',
  'dataset.noRegistry':
    '{path} 경로를 추가할 수 없습니다. 데이터셋 목록을 보관할 작업 공간이 열려 있지 않습니다.',
  'registry.damaged':
    '{file} 파일은 데이터셋 목록이 아닙니다({detail}). 새 목록을 시작하려면 이 파일을 옮기십시오.',
  'registry.version':
    '{file} 파일의 데이터셋 목록 버전은 {found}입니다. 이 프로그램은 버전 {known}까지 읽습니다. 프로그램을 업데이트하십시오.',
  'registry.unwritable': '데이터셋 목록 {file} 파일에 쓸 수 없습니다({reason}). 변경된 내용은 없습니다.',
  'field.unknown': '"{field}"(이)라는 파라미터는 여기에 없습니다. 사용할 수 있는 파라미터: {wanted}.',
  'field.missing': '{field} 값이 없습니다. 값을 입력하십시오.',
  'field.notNumber': '{field} 값 "{found}"은(는) 숫자가 아닙니다. {range}의 숫자를 입력하십시오.',
  'field.notInteger': '{field} 값이 {found}입니다. {range}의 정수를 입력하십시오.',
  'field.range': '{field} 값이 {found}입니다. {range}여야 합니다.',
  'field.choice': '{field} 값이 "{found}"입니다. 다음 중 하나여야 합니다: {wanted}.',
  'field.notNumbers':
    '{field} 값이 "{found}"입니다. {min}부터 {max}까지의 수를 쉼표로 구분하여 {most}개까지 쓸 수 있습니다.',
  'loss.classes':
    '손실이 출력 {outputs}개에서 클래스 {classes}개를 읽습니다. 출력 수는 클래스 수의 배수여야 합니다.',
  'regulariser.layer':
    '정규화 항이 "{found}" 레이어를 가리키지만 뉴런 레이어가 아닙니다. 뉴런 레이어는 {known}입니다.',
  'optimizer.nesterov':
    '네스테로프에는 감쇠되지 않는 모멘텀이 필요한데, 모멘텀이 {momentum}, 감쇠가 {dampening}입니다. 값을 바꾸거나 네스테로프를 끄십시오.',
  'loss.weights':
    '클래스 {wanted}개에 클래스 가중치가 {found}개 있습니다. 클래스마다 하나씩 쓰거나 비워 두십시오.',
  'field.notBoolean': '{field} 값이 "{found}"입니다. true 또는 false여야 합니다.',
  'model.noLayers': '모델에 레이어가 없습니다. 하나 이상 추가하십시오.',
  'model.unknownLayer':
    '레이어 "{layer}"의 종류 "{kind}"은(는) 알 수 없는 종류입니다. 사용할 수 있는 종류: {known}.',
  'model.duplicateId': '이름이 "{layer}"인 레이어가 두 개 있습니다. 그중 하나의 이름을 바꾸십시오.',
  'model.reservedId':
    '"{layer}"은(는) 네트워크의 입력을 뜻하므로 레이어 이름으로 쓸 수 없습니다. 다른 이름을 쓰십시오.',
  'model.inputCount': '레이어 "{layer}"({kind})의 입력이 {found}개입니다. 필요한 입력 수: {wanted}.',
  'model.unknownInput':
    '레이어 "{layer}"의 입력 "{input}"(이)라는 레이어가 없습니다. 앞에 있는 레이어나 네트워크의 입력을 고르십시오.',
  'model.laterInput':
    '레이어 "{layer}"의 입력 "{input}"이(가) 그 뒤에 있습니다. "{layer}"을(를) 그 뒤로 옮기거나 앞에 있는 레이어를 고르십시오.',
  'model.cycle':
    '레이어 "{layer}"의 입력 "{input}"이(가) 다시 "{layer}"에 의존합니다. 앞에 있는 레이어를 고르십시오.',
  'model.repeatedInput':
    '레이어 "{layer}"이(가) "{input}"을(를) 두 번 읽습니다. 각 레이어를 한 번씩만 쓰십시오.',
  'model.unread': '레이어 "{layer}"을(를) 읽는 레이어가 없습니다. 뒤의 레이어가 읽게 하거나 삭제하십시오.',
  'model.shape':
    '레이어 "{layer}"({kind})의 입력 형상이 맞지 않습니다. 필요한 것: {wanted}. "{from}"에서 받는 것: {found}.',
  'model.parameter': '레이어 "{layer}": {problem}',
  'model.lastNotNeuron':
    '마지막 레이어 "{layer}"의 종류는 {kind}입니다. 손실은 스파이크나 막전위를 읽으므로 마지막 레이어는 뉴런 레이어여야 합니다.',
  'model.classes':
    '마지막 레이어 "{layer}"의 출력은 {found}개인데 데이터셋의 클래스는 {wanted}개입니다. 출력을 {wanted}개로 설정하십시오.',
  'model.input':
    '모델이 받는 이미지는 {wanted}인데 데이터셋의 이미지는 {found}입니다. 모델의 입력 형상을 바꾸십시오.',
  'encoding.reads':
    '"{encoding}" 인코딩은 {wanted} 데이터를 읽지만 "{dataset}"에는 {found} 데이터가 있습니다. {found}용 인코딩을 고르세요.',
  'encoding.overlap':
    '겹침이 {found}입니다. 프레임이 앞으로 나아가도록 프레임 크기인 {limit}보다 작아야 합니다.',
  'encoding.brightness':
    '"{encoding}" 인코딩은 0부터 {most}까지의 밝기를 받지만 샘플에 {found} 값이 있습니다. 정규화처럼 범위를 바꾸는 변환을 빼거나 다른 인코딩을 고르세요.',
  'encoding.firstSpike':
    '첫 스파이크가 {found}번 스텝에 있어야 하지만 시간 스텝 {steps}개는 0부터 셉니다. 더 이른 스텝을 고르거나 시간 스텝을 늘리세요.',
  'encoding.tooLate':
    '샘플의 마지막 스파이크가 {last}번 스텝에 있지만 시간 스텝 {steps}개는 0부터 셉니다. 시간 스텝을 {wanted}개로 하거나, 시상수를 줄이거나, 시각을 정규화하거나, 늦은 스파이크를 버리도록 하세요.',
  'encoding.epsilon':
    '엡실론 {epsilon}은(는) 임계값 {threshold} 옆에서 32비트로는 사라집니다. 더 큰 엡실론을 고르세요.',
  'encoding.targets':
    '스파이크의 값 {on}이(가) 그 밖의 값 {off}보다 작습니다. 경사는 올라가야 하므로 값을 바꾸세요.',
  'encoding.targetRates':
    '정답 클래스의 발화율은 {correct}, 나머지는 {incorrect}입니다. 발화율은 0부터 1까지이고 정답 쪽이 더 커야 합니다.',
  'transform.reads':
    '"{transform}" 변환은 {wanted} 데이터를 바꾸지만 인코딩은 {found} 데이터를 읽습니다. 변환을 빼세요.',
  'transform.maps':
    '"{step}"은(는) 채널이나 극성이 {wanted}개인 샘플을 받지만 지금은 {found}개입니다. 빼거나 앞 단계를 바꾸세요.',
  'experiment.unreadable': '{file} 파일을 실험으로 읽을 수 없습니다({reason}).',
  'experiment.tooLarge':
    '{file} 파일의 크기는 {found}바이트입니다. 실험은 최대 {wanted}바이트입니다. 실험 파일을 지정하십시오.',
  'experiment.notJson': '{file} 파일은 JSON이 아닙니다: {detail}',
  'experiment.field': '{file}: {path}: {problem}',
  'experiment.version':
    '{file} 파일의 실험 문서 버전은 {found}입니다. 이 프로그램은 버전 {known}까지 읽습니다. 프로그램을 업데이트하십시오.',
  'engine.unknown': '"{engine}"(이)라는 엔진이 없습니다. 사용할 수 있는 엔진: {known}.',
  'engine.unavailable': '여기서는 {engine} 엔진을 사용할 수 없습니다: {reason}',
  'engine.layer': '{engine} 엔진은 레이어 "{layer}"을(를) 실행할 수 없습니다({reason}).',
  'engine.layerReference':
    '{engine} 엔진은 레이어 "{layer}"을(를) 실행할 수 없습니다({reason}). reference 엔진은 느리지만 실행할 수 있습니다.',
  'engine.batch': '샘플 {found}개의 배치가 주어졌습니다. 이 프로그램은 1개에서 {wanted}개까지 받습니다.',
  'engine.accumulation':
    '한 스텝의 {found}번째 배치를 쌓아 두려 했으나, 한 스텝은 배치 {wanted}개의 평균입니다. 마지막 배치는 학습에 쓰십시오.',
  'engine.inTurn': '이 스텝들은 한 번의 호출로 학습할 수 없습니다: {detail}.',
  'engine.memory':
    '학습에 {needed} MiB가 필요하지만 {limit} MiB까지만 쓸 수 있습니다. 배치를 줄이거나 시간 스텝 또는 스레드 수를 줄이면 덜 씁니다. 이 한도는 설정(--step-memory)입니다.',
  'engine.memoryRecompute':
    '학습에 {needed} MiB가 필요하지만 {limit} MiB까지만 쓸 수 있습니다. 재계산을 자동으로 두면(--recompute automatic) {least} MiB로 더 느리게, 반올림을 빼면 같은 결과를 냅니다. 이 한도는 설정(--step-memory)입니다.',
  'engine.memoryStatistics':
    '학습에 {needed} MiB가 필요하지만 {limit} MiB까지만 쓸 수 있습니다. 레이어 "{layer}"이(가) 모든 시간 스텝에서 통계를 내므로 스텝을 구간으로 나눌 수 없습니다. 스텝별 통계를 쓰거나 배치, 시간 스텝 또는 스레드 수를 줄이면 덜 씁니다. 이 한도는 설정(--step-memory)입니다.',
  'engine.memoryGoingOn':
    '이 실행을 이어 가려면 {needed} MiB가 필요하지만 {limit} MiB까지만 쓸 수 있습니다. 비트까지 같은 결과를 내도록 시작할 때처럼 시간 스텝 {steps}개를 함께 보관합니다. 한도 설정(--step-memory)을 높이거나 체크포인트에서 새 실행으로 학습하십시오.',
  'engine.noMemory':
    '이 네트워크에 필요한 메모리를 시스템이 내주지 않습니다. 이 기계의 메모리는 모두 {machine} MiB입니다. 배치를 줄이거나 시간 스텝 또는 스레드 수를 줄이면 덜 씁니다.',
  'engine.noThreads': '시스템이 스레드 {threads}개를 허용하지 않습니다. 더 적게 요청하십시오(--threads).',
  'engine.unbound': '{split} 분할에 이미지가 연결되지 않았습니다. 먼저 데이터셋을 연결하십시오.',
  'engine.source':
    '{split} 분할의 이미지는 모두 {found}바이트, 레이블은 {labels}개입니다. 샘플 {count}개에는 {wanted}바이트와 레이블 {count}개가 필요합니다.',
  'engine.sample': '샘플 {found}을(를) 요청했지만 {split} 분할의 샘플은 {count}개입니다.',
  'engine.values':
    '배치의 입력값은 {found}개인데 샘플에는 {wanted}개가 필요합니다. 입력 형상을 확인하십시오.',
  'engine.spikes': '이 네트워크의 입력은 스파이크(0 또는 1)인데 배치에 값 {found}이(가) 있습니다.',
  'engine.frames': '배치의 프레임이 네트워크와 맞지 않습니다: {detail}.',
  'engine.input':
    '이 프로그램이 받는 배치의 종류는 {wanted}인데, 주어진 배치는 {found}입니다. 다른 종류의 배치를 사용하십시오.',
  'engine.label':
    '레이블 {found}에 해당하는 출력이 없습니다. 네트워크의 출력은 {wanted}개이므로 레이블은 0부터 {last}까지입니다.',
  'engine.state': '상태가 이 네트워크의 것이 아닙니다({detail}).',
  'data.threadFailed':
    '샘플을 읽는 스레드가 끝났습니다: {reason}. 마지막 체크포인트에서 이어 가세요. 샘플 메모리를 줄이면 나을 수 있습니다.',
  'engine.notFinite':
    '에포크 {epoch}의 배치 {batch}에서 {what}의 값이 {found}이(가) 되어 실행이 중지되었습니다. 저장된 체크포인트는 그대로입니다. 대개 학습률을 낮추거나 그래디언트를 노름으로 클리핑하면 해결됩니다.',
  'engine.inputNotFinite':
    '에포크 {epoch}의 배치 {batch} 입력에 {found}이(가) 있어 실행이 중지되었습니다. 저장된 체크포인트는 그대로입니다. 데이터와 변환, 인코딩을 확인하십시오.',
  'workspace.unwritable':
    '작업 공간 {path} 폴더에 쓸 수 없습니다({reason}). --workspace 옵션으로 다른 폴더를 고르십시오.',
  'workspace.locked':
    '작업 공간 {path} 폴더를 다른 Spikedesk가 사용하고 있습니다. 그것을 닫거나 --workspace 옵션으로 다른 폴더를 고르십시오.',
  'workspace.damaged':
    '작업 공간 데이터베이스 {path} 파일을 읽을 수 없습니다({reason}). 새 실행 목록을 시작하려면 이 파일을 옮기십시오. 실행 폴더는 그대로 남습니다.',
  'workspace.newer':
    '작업 공간 데이터베이스 {path} 파일의 버전은 {found}입니다. 이 프로그램은 버전 {known}까지 읽습니다. 프로그램을 업데이트하십시오.',
  'run.unknown': '{path} 작업 공간에 "{run}"(이)라는 실행이 없습니다.',
  'run.active': '실행 {run}의 상태는 {state}입니다. 먼저 중지하십시오.',
  'run.complete':
    '실행 {run}의 에포크는 이미 {found}개입니다. 이어서 학습하려면 더 큰 에포크 수를 지정하십시오.',
  'run.noBatches':
    '학습 이미지로 배치를 만들 수 없습니다. 이미지는 {count}개, 배치 크기는 {batchSize}입니다. 배치를 줄이거나, 이미지를 늘리거나, 마지막 배치를 남겨 두십시오.',
  'run.datasetChanged':
    '실행 {run}의 학습에 쓰인 데이터셋 "{dataset}"의 상태가 지금과 다릅니다(체크섬 {wanted}, 지금 {found}). 파일을 되돌리거나 새 실행을 시작하십시오.',
  'run.noCheckpoint':
    '실행 {run}에는 아직 쓸 수 있는 체크포인트가 없습니다. 한 에포크를 학습하거나 일시 정지하십시오.',
  'safetensors.invalid': '{path} 파일은 온전한 safetensors 파일이 아닙니다({detail}).',
  'checkpoint.notFound': '체크포인트 {path} 파일이 존재하지 않습니다.',
  'checkpoint.unreadable': '체크포인트 {path} 파일을 읽을 수 없습니다({reason}).',
  'checkpoint.unwritable': '{path} 파일에 쓸 수 없습니다({reason}). 그 자리에 있던 것은 그대로입니다.',
  'checkpoint.foreign':
    '{path} 파일은 safetensors 파일이지만 Spikedesk의 체크포인트가 아닙니다({detail}). 실행의 checkpoints 폴더에 있는 파일을 지정하십시오.',
  'checkpoint.version':
    '{path} 파일의 체크포인트 문서 버전은 {found}입니다. 이 프로그램은 버전 {known}까지 읽습니다. 프로그램을 업데이트하십시오.',
  internal: '프로그램 내부에서 문제가 발생했습니다: {detail}',
  'usage.unknownCommand': '"{command}"(이)라는 명령이 없습니다. 사용할 수 있는 명령: {known}.',
  'usage.unknownOption':
    '"{command}" 명령에는 {option} 옵션이 없습니다. spikedesk {command} --help를 보십시오.',
  'usage.missingValue': '{option} 옵션에는 값이 필요합니다.',
  'usage.missingArgument':
    'spikedesk {command} 명령에는 {argument} 인수가 필요합니다. spikedesk {command} --help를 보십시오.',
  'usage.unknownExperiment': '"{found}"은(는) 프리셋도 파일도 아닙니다. 프리셋: {known}.',
  'usage.noValue': '{option} 옵션은 값을 받지 않습니다.',
  'usage.repeatedOption': '{option} 옵션이 두 번 주어졌습니다. 한 번만 지정하십시오.',
  'usage.extraArgument': '"{found}" 인수가 너무 많습니다. spikedesk {command} --help를 보십시오.',
  'usage.together': '{option} 옵션은 {other} 값과 함께 쓸 수 없습니다.',
  'usage.badWholeNumber': '{option} 옵션에는 정수({range})가 필요합니다. 주어진 값: "{found}".',
  'usage.badNumber': '{option} 옵션에는 숫자({range})가 필요합니다. 주어진 값: "{found}".',
  'usage.badSetting':
    '{option}: "{found}"은(는) {kind}의 매개변수와 값이 아닙니다(예: name=1). 매개변수: {known}.',
  'usage.badChoice': '{option} 옵션의 값은 {wanted} 중 하나여야 합니다. 주어진 값: "{found}".',
  'bench.tooFew':
    '{dataset} 데이터셋의 한 분할에 이미지가 {found}개 있습니다. 측정에는 이미지 {wanted}개인 배치가 하나 이상 필요합니다.',
  'bench.noProfile':
    '{engine} 엔진은 연산별 시간을 재지 않습니다. --profile 옵션에는 native 엔진이 필요합니다.',
  'bench.ended': '측정 프로세스가 예기치 않게 끝났습니다({reason}). 그것만 다시 실행하십시오.',
  'host.portInUse': '127.0.0.1의 포트 {port}은(는) 사용 중입니다. --port 옵션으로 다른 포트를 고르십시오.',
  'message.invalid': '요청 "{request}"이(가) 올바르지 않습니다: {detail}',
  'message.unknown': '"{request}"(이)라는 요청이 없습니다.',
  'compute.crashed':
    '계산 프로세스가 예기치 않게 끝났습니다({reason}). 실행은 마지막 체크포인트에서 재개할 수 있습니다.',
  'host.disconnected':
    '워크벤치와의 연결이 끊겼습니다. 워크벤치가 응답하면 페이지가 곧바로 다시 연결됩니다. 학습은 계속됩니다.',
  'drop.empty': '"{name}"에 파일이 없습니다. 데이터셋이 있는 폴더나 파일을 끌어 놓거나 경로를 입력하십시오.',
  'drop.notOne':
    '"{name}"은(는) 파일 {count}개입니다. 여기에는 체크포인트 파일 하나를, 데이터셋은 데이터 화면에 놓으십시오.',
  'drop.unreadable': '브라우저가 "{file}" 파일을 읽지 못했습니다. 대신 경로를 입력하십시오.',
  'model.inputShape': '입력 형상이 "{found}"입니다. 1×28×28이나 784처럼 각 축의 크기를 정수로 입력하십시오.',
  'model.layerName': '레이어 이름 "{found}"은(는) 쓸 수 없습니다. 1자에서 100자까지의 이름을 지정하십시오.',
  'message.unreadable': '{bytes}바이트의 메시지를 읽을 수 없습니다({detail}).',
  'sample.range':
    '샘플 {index}이(가) 없습니다. {dataset} 데이터셋의 {split} 분할에는 샘플이 {count}개 있고, 번호는 0부터입니다.',
  'training.busy':
    '실행 "{name}"을(를) 학습하고 있습니다. 한 번에 하나의 실행만 학습하므로, 끝나기를 기다리거나 먼저 중지하십시오.',
  'training.notActive': '실행 "{run}"은(는) 지금 학습 중이 아니므로 {wish}할 수 없습니다.',
  'compute.dataCrashed':
    '계산 프로세스가 예기치 않게 끝났습니다({reason}). 다음 요청에서 새로 시작하므로 다시 시도하십시오.',
  'workbench.closing': '워크벤치를 닫고 있습니다. 다시 여십시오.',
  'saving.noDialogue': '이 호스트에는 저장 대화 상자가 없습니다. 브라우저가 대신 저장합니다.',
  'saving.notChosen': '{path}은(는) 저장할 곳으로 선택되지 않았습니다. 다시 저장하십시오.',
  'host.port':
    '포트 {found}은(는) 올바른 포트가 아닙니다. 0부터 65535까지의 정수를 지정하십시오(0은 비어 있는 아무 포트).',
  'host.listen': '127.0.0.1의 포트 {port}에서 페이지를 제공할 수 없습니다({reason}).',
  'host.noPage': '{path} 폴더에 빌드된 페이지가 없고 빌드할 소스도 없습니다. 프로그램을 다시 설치하십시오.',
  'host.pageBuild':
    '페이지를 빌드하지 못했습니다({reason}). "npm run build:page"를 실행하면 전체 메시지가 표시됩니다.',
  'file.unknown':
    '{path}은(는) {found}(으)로 보입니다. 필요한 것은 체크포인트입니다: torch의 .pth 또는 .pt, .safetensors, .nir, .npz, .npy.',
  'file.damaged': '{path}을(를) 체크포인트로 열 수 없습니다: {problem}.',
  'network.none': '{path}에는 실행할 수 있는 네트워크가 없습니다: {problem}.',
  'network.answer': '{path}에 대해 "{question}"은(는) 묻지 않습니다. 질문은 다음과 같습니다: {known}.',
  'answers.unreadable': '{file}을(를) 답변으로 읽을 수 없습니다: {reason}.',
  'tensor.unknown': '{path}에는 텐서 "{tensor}"이(가) 없습니다.',
  'tensor.large': '{path}의 텐서에 원소가 {count}개 있습니다. 통계와 텍스트는 최대 {limit}개까지 만듭니다.',
  'tensor.slice': '텐서 "{tensor}"의 모양은 {shape}이며, 요청한 축과 인덱스는 그 안에 없습니다.',
  'tensor.spectrum':
    '"{tensor}"({rows}×{columns})의 특잇값을 계산하려면 몇 분이 걸립니다. 행 × 열 × 둘 중 작은 쪽이 {product}이며, {limit}까지만 계산합니다.',
  'tensor.notFinite': '"{tensor}"에 유한하지 않은 원소가 있어 특잇값이 없습니다.',
  'tensor.export': '"{tensor}"({type})의 원소는 단일 숫자가 아니므로 쓸 수 없습니다.',
  'export.format': '이름 {path}은(는) 아무 형식도 뜻하지 않습니다. 알려진 확장자: {known}.',
  'evaluation.cancelled': '{path}의 평가를 중단했습니다.',
  'weights.misfit':
    '{path}의 가중치가 네트워크와 맞지 않습니다. "{name}"이(가) 그곳에서는 {found}, 여기서는 {wanted}입니다. 파일에 있는 대로 네트워크를 만드세요.',
  'export.exists':
    '{path} 파일이 이미 있습니다. 다른 이름을 고르거나 바꾸도록 허용하십시오(명령줄에서는 --overwrite).',
  'export.layer': '{format}에는 층 "{layer}"({kind})에 해당하는 것이 없습니다. 다른 형식을 고르세요.',
}
