namespace Fpe.Extensions.Logging.Tests;

/// <summary>A network that is expanded after its first epoch.</summary>
[Model(inputs: 2)]
internal sealed partial class SmallNet
{
    [Linear(4), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(2)]
    public partial Linear Logits { get; }
}
