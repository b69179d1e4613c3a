namespace Samples.Sections;

/// <summary>64 children of 8 neurons that learn which edges they keep: 3,504 weights.</summary>
[Model(inputs: 384)]
public sealed partial class Learned8Net
{
    [Linear(8), Relu, Expand(factor: 8, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(54)]
    public partial Linear Sections { get; }
}
