namespace Samples.Paper.Running;

/// <summary>A dense parent as it was after some epochs, from which several runs go on.</summary>
internal sealed class WarmParent
{
    private readonly Lock gate = new();
    private readonly Model model;
    private int users;

    /// <summary>Keeps a model.</summary>
    /// <param name="model">A model of its own, which is freed after its last use.</param>
    /// <param name="epoch">Epochs it was trained for.</param>
    /// <param name="history">Their course.</param>
    /// <param name="users">Runs that go on from it.</param>
    public WarmParent(Model model, int epoch, TrainingHistory history, int users)
    {
        this.model = model;
        this.users = users;
        Epoch = epoch;
        History = history;
    }

    /// <summary>Epochs the parent was trained for.</summary>
    public int Epoch { get; }

    /// <summary>The course of its training.</summary>
    public TrainingHistory History { get; }

    /// <summary>Gives its parameters to one of the runs that go on from it; each calls this once.</summary>
    public void CopyTo(Model other)
    {
        lock (gate)
        {
            model.CopyTo(other);
            if (--users == 0)
                model.Dispose();
        }
    }
}
