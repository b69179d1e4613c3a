namespace Samples.Paper.Experiments;

/// <summary>The requested extent of an experiment.</summary>
internal enum Form
{
    /// <summary>The part that is compared first.</summary>
    Usual,

    /// <summary>A first look: little data, few epochs.</summary>
    Quick,

    /// <summary>Everything.</summary>
    Full,
}
