using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values)
    {
        KernelIndices.CheckMoves(Indices(from).Host, Indices(to).Host, values.Length);
        Run(() =>
        {
            Tensor all = Values(values), sources = Indices(from).Values;
            all.index_copy_(0, Indices(to).Values, all.index_select(0, sources));
            all.index_fill_(0, sources, Zero);
        });
    }
}
