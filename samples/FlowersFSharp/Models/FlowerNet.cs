using Fpe;

namespace Flowers;

[Model(inputs: 4)]
public sealed partial class FlowerNet
{
    [Linear(16), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(3)]
    public partial Linear Logits { get; }
}
