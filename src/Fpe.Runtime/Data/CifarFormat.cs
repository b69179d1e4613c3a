namespace Fpe.Data;

/// <summary>The binary formats of CIFAR: images of 32 × 32 pixels, red, green and blue one after the other, with their labels in front.</summary>
public enum CifarFormat
{
    /// <summary>CIFAR-10: one label a record, ten classes.</summary>
    Cifar10,

    /// <summary>CIFAR-100 with its hundred classes: two labels a record, the second of which counts.</summary>
    Cifar100,

    /// <summary>CIFAR-100 with its twenty groups of classes: two labels a record, the first of which counts.</summary>
    Cifar100Coarse,
}
