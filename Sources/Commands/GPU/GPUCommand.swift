package import ArgumentParser

package struct GPUCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gpu",
    abstract: "Read this machine's GPUs.",
    discussion: """
      NVIDIA's devices by its management library, else by nvidia-smi; AMD's by the files of its kernel driver. While a \
      run asks a local model its GPUs are read by itself, and the figures are stored with each sample: --gpu-interval \
      of 'llmbench run'.

      EXAMPLES
        llmbench gpu sample
        llmbench gpu watch --interval 500ms
        llmbench gpu watch --json-lines | jq -c '.devices[] | [.index, .utilization, .powerWatts]'

      VARIABLES
        LLMBENCH_GPU           auto, off, nvml, nvidia-smi or amdgpu
        LLMBENCH_GPU_DEVICES   numbers of the devices that count, such as 0,1
        LLMBENCH_NVML_LIBRARY  NVIDIA's management library, where it is not found
        LLMBENCH_NVIDIA_SMI    the nvidia-smi command, where it is not on PATH
        LLMBENCH_SYSFS         the kernel's files, /sys
      """,
    subcommands: [GPUSampleCommand.self, GPUWatchCommand.self])

  package init() {}
}
