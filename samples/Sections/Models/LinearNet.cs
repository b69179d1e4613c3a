namespace Samples.Sections;

/// <summary>A linear classifier with all of its 20,736 weights.</summary>
[Model(inputs: 384)]
public sealed partial class LinearNet
{
    [Linear(54)]
    public partial Linear Sections { get; }
}
