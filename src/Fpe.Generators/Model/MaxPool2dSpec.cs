namespace Fpe.Generators.Model;

/// <summary>A pooling layer.</summary>
internal sealed record MaxPool2dSpec(
    string Name, string Modifiers, string FieldName, ImageShape Input, ImageShape Output, int Kernel, int Stride)
    : LayerSpec(Name, Modifiers, FieldName);
