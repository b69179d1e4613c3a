using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start) => Run(() =>
    {
        Tensor elements = Edges(edges).ElementsOfEdges(first, count);
        Values(packed).narrow(0, start, elements.shape[0]).copy_(Values(values).index_select(0, elements));
    });

    public void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values) => Run(() =>
    {
        Tensor elements = Edges(edges).ElementsOfEdges(first, count);
        Values(values).narrow(0, first, count).zero_();
        Values(values).index_copy_(0, elements, Values(packed).narrow(0, start, elements.shape[0]));
    });
}
