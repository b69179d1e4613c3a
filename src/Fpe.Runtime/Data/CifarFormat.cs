namespace Fpe.Data;

/// <summary>Specifies the binary formats of CIFAR: labels followed by images of 32 × 32 pixels, first red, then green, then blue.</summary>
public enum CifarFormat
{
    /// <summary>CIFAR-10: one label per record, ten classes.</summary>
    Cifar10,

    /// <summary>CIFAR-100 with its hundred classes: two labels per record, the second of which is used.</summary>
    Cifar100,

    /// <summary>CIFAR-100 with its twenty groups of classes: two labels per record, the first of which is used.</summary>
    Cifar100Coarse,
}
