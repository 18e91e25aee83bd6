import { installKernelspec, KERNEL_DISPLAY_NAME, removeKernelspec } from "../kernel/kernelspec";

export function kernel(remove: boolean): string {
  if (remove) return `Removed the kernel from ${removeKernelspec()}\n`;
  return `Installed the kernel "${KERNEL_DISPLAY_NAME}" in ${installKernelspec()}

  VS Code   open a notebook of notebooks/, then Select Kernel > Jupyter Kernel... (the Jupyter
            extension looks for new kernels when it starts)
  Jupyter   jupyter lab notebooks

If the project moves, run this again. To remove it: npm run kernel -- --remove
`;
}
