{
  'variables': {
    # What takes longest begins first; units/ lists what is compiled together.
    'kernels': [
      'units/kernels_neuron_backward.cc',
      'kernels/step_backward.cc',
      'kernels/neuron_forward.cc',
      'kernels/step_forward.cc',
      'units/kernels_spikes.cc',
      'units/kernels_maps.cc',
      'units/kernels_products.cc',
      'units/kernels_ends.cc',
    ],
    'kernel_flags': ['-std=c++20', '-Wall', '-Wextra', '-ffp-contract=off', '-fno-math-errno', '-fno-exceptions', '-fno-rtti', '-fvisibility=hidden'],
    # On x64 the base serves processors without AVX2 only; elsewhere (NEON) it is the engine.
    'conditions': [['target_arch=="x64"', { 'base_level': '-O2' }, { 'base_level': '-O3' }]],
  },
  'target_defaults': {
    'cflags_cc!': ['-std=gnu++17', '-std=gnu++20', '-fno-exceptions', '-fno-rtti'],
    'conditions': [
      ['OS=="win"', { 'msbuild_toolset': 'ClangCL' }],
      ['target_arch=="x64"', { 'defines': ['SPIKEDESK_X64'] }],
    ],
  },
  'targets': [
    {
      'target_name': 'kernels_base',
      'type': 'static_library',
      'sources': ['<@(kernels)'],
      'defines': ['SPIKEDESK_ISA=base'],
      'cflags_cc': ['<@(kernel_flags)', '<(base_level)'],
      'xcode_settings': { 'OTHER_CPLUSPLUSFLAGS': ['<@(kernel_flags)', '<(base_level)'] },
      'msvs_settings': { 'VCCLCompilerTool': { 'AdditionalOptions': ['/std:c++20', '/clang:<(base_level)', '/clang:-ffp-contract=off', '/clang:-fno-math-errno'] } },
    },
    {
      'target_name': 'events',
      'type': 'static_library',
      'sources': ['units/events.cc'],
      'cflags_cc': ['-std=c++20', '-O3', '-Wall', '-Wextra', '-fexceptions', '-fvisibility=hidden'],
      'xcode_settings': {
        'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
        'MACOSX_DEPLOYMENT_TARGET': '11.0',
        'OTHER_CPLUSPLUSFLAGS': ['-std=c++20', '-O3', '-fvisibility=hidden'],
      },
      'msvs_settings': { 'VCCLCompilerTool': { 'ExceptionHandling': 1, 'AdditionalOptions': ['/std:c++20', '/clang:-O3'] } },
    },
    {
      'target_name': 'spikedesk',
      'type': 'loadable_module',
      'sources': [
        'units/addon.cc',
        'units/engine_network.cc',
        'units/engine_reading.cc',
        'units/engine_plan.cc',
        'units/engine_passes.cc',
        'engine/permutation.cc',
      ],
      'include_dirs': ["<!@(node -p \"require('node-addon-api').include\")"],
      'defines': ['NAPI_VERSION=8', 'NAPI_CPP_EXCEPTIONS', 'NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED'],
      'dependencies': ['kernels_base', 'events'],
      'cflags_cc': ['-std=c++20', '-O2', '-Wall', '-Wextra', '-ffp-contract=off', '-fexceptions', '-fvisibility=hidden'],
      'xcode_settings': {
        'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
        'MACOSX_DEPLOYMENT_TARGET': '11.0',
        'OTHER_CPLUSPLUSFLAGS': ['-std=c++20', '-O2', '-ffp-contract=off', '-fvisibility=hidden'],
      },
      'msvs_settings': { 'VCCLCompilerTool': { 'ExceptionHandling': 1, 'AdditionalOptions': ['/std:c++20', '/clang:-ffp-contract=off'] } },
      'conditions': [
        ['OS=="linux"', { 'ldflags': ['-pthread'], 'libraries': ['-pthread'] }],
        ['target_arch=="x64"', { 'dependencies': ['kernels_avx2', 'kernels_avx512'] }],
      ],
    },
  ],
  'conditions': [
    ['target_arch=="x64"', {
      'targets': [
        {
          'target_name': 'kernels_avx2',
          'type': 'static_library',
          'sources': ['<@(kernels)'],
          'defines': ['SPIKEDESK_ISA=avx2'],
          'variables': { 'isa_flags': ['-mavx2', '-mfma', '-mbmi', '-mbmi2'] },
          'cflags_cc': ['<@(kernel_flags)', '-O3', '<@(isa_flags)'],
          'xcode_settings': { 'OTHER_CPLUSPLUSFLAGS': ['<@(kernel_flags)', '-O3', '<@(isa_flags)'] },
          'msvs_settings': { 'VCCLCompilerTool': { 'AdditionalOptions': ['/std:c++20', '/clang:-O3', '/clang:-ffp-contract=off', '/clang:-fno-math-errno', '<@(isa_flags)'] } },
        },
        {
          'target_name': 'kernels_avx512',
          'type': 'static_library',
          'sources': ['<@(kernels)'],
          'defines': ['SPIKEDESK_ISA=avx512'],
          'variables': {
            # GCC 12 warns of uninitialised values inside its own intrinsics.
            'isa_flags': ['-mavx512f', '-mavx512vl', '-mavx512dq', '-mavx512bw', '-mavx2', '-mfma', '-mbmi', '-mbmi2', '-mprfchw', '-mprefer-vector-width=512', '-Wno-uninitialized', '-Wno-maybe-uninitialized'],
          },
          'cflags_cc': ['<@(kernel_flags)', '-O3', '<@(isa_flags)'],
          'xcode_settings': { 'OTHER_CPLUSPLUSFLAGS': ['<@(kernel_flags)', '-O3', '<@(isa_flags)'] },
          'msvs_settings': { 'VCCLCompilerTool': { 'AdditionalOptions': ['/std:c++20', '/clang:-O3', '/clang:-ffp-contract=off', '/clang:-fno-math-errno', '<@(isa_flags)'] } },
        },
      ],
    }],
  ],
}
