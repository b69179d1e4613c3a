namespace Fpe.Extensions.AI.Tests.Guide;

[Model(inputs: 384)]
public sealed partial class TicketNet
{
    [Linear(8), Relu, Expand(factor: 4, strategy: Split.Random, Share = 1)]
    public partial Linear Hidden { get; }

    [Linear(3)]
    public partial Linear Topics { get; }
}
