namespace Fpe.Gpu.Compute;

/// <summary>
/// Up to <see cref="Most"/> parameters that one kernel works on, each with groups of threads of its own. They are fields, because OpenCL takes
/// memory only as arguments of a kernel, not as addresses in a table.
/// </summary>
internal struct Slots<T>
    where T : struct
{
    /// <summary>The most parameters of a kernel: with four views each they fit into the 1,024 bytes of arguments that every device takes.</summary>
    public const int Most = 8;

    private Slot<T> slot0, slot1, slot2, slot3, slot4, slot5, slot6, slot7;
    private int count;

    /// <summary>Groups of all slots.</summary>
    public int GroupCount { get; private set; }

    /// <summary>Adds a parameter, on the host.</summary>
    public void Add(T value, int groups)
    {
        var added = new Slot<T> { Value = value, FirstGroup = GroupCount };
        switch (count++)
        {
            case 0:
                // Slots that are not used need memory too, but no group looks for it.
                slot1 = slot2 = slot3 = slot4 = slot5 = slot6 = slot7 = added with { FirstGroup = int.MaxValue };
                slot0 = added;
                break;
            case 1: slot1 = added; break;
            case 2: slot2 = added; break;
            case 3: slot3 = added; break;
            case 4: slot4 = added; break;
            case 5: slot5 = added; break;
            case 6: slot6 = added; break;
            case 7: slot7 = added; break;
            default: throw new InvalidOperationException($"A kernel takes at most {Most} parameters.");
        }

        GroupCount += groups;
    }

    /// <summary>Returns the slot that a group works on.</summary>
    public readonly Slot<T> Of(int group)
    {
        Slot<T> slot = slot0;
        if (group >= slot1.FirstGroup)
            slot = slot1;
        if (group >= slot2.FirstGroup)
            slot = slot2;
        if (group >= slot3.FirstGroup)
            slot = slot3;
        if (group >= slot4.FirstGroup)
            slot = slot4;
        if (group >= slot5.FirstGroup)
            slot = slot5;
        if (group >= slot6.FirstGroup)
            slot = slot6;
        if (group >= slot7.FirstGroup)
            slot = slot7;
        return slot;
    }
}
