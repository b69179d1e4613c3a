namespace Samples.Sections;

/// <summary>64 children of 4 neurons that learn which edges they keep: 1,752 weights.</summary>
[Model(inputs: 384)]
public sealed partial class Learned4Net
{
    [Linear(4), Relu, Expand(factor: 16, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(54)]
    public partial Linear Sections { get; }
}
