using Samples.Paper.Running;

namespace Samples.Paper.Tests.Running;

public class JobQueueTests
{
    [Fact]
    public void The_longest_job_goes_first()
    {
        var order = new List<double>();
        Run(threads: 1, [.. new double[] { 1, 3, 2 }.Select(length => new TestJob(length, (job, _, _) => order.Add(job.Length)))]);

        Assert.Equal([3, 2, 1], order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Jobs_that_jobs_bring_up_are_done(int threads)
    {
        int done = 0;
        Job Branch(int depth) => new TestJob(depth, (_, enqueue, _) =>
        {
            Interlocked.Increment(ref done);
            for (int i = 0; i < 3 && depth > 0; i++)
                enqueue(Branch(depth - 1));
        });
        Run(threads, [Branch(4)]);

        Assert.Equal(1 + 3 + 9 + 27 + 81, done);
    }

    [Fact]
    public void Jobs_that_are_brought_up_begin_before_the_one_that_brings_them_up_ends()
    {
        using var begun = new ManualResetEventSlim();
        bool seen = false;
        Run(threads: 2, [new TestJob(1, (_, enqueue, cancellation) =>
        {
            enqueue(new TestJob(1, (_, _, _) => begun.Set()));
            seen = begun.Wait(TimeSpan.FromMinutes(1), cancellation);
        })]);

        Assert.True(seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_failure_ends_the_others_and_is_thrown(int threads)
    {
        int begun = 0;
        var failing = new TestJob(9, (_, _, _) => throw new InvalidDataException("broken"));
        var waiting = new TestJob(8, (_, _, cancellation) =>
        {
            Interlocked.Increment(ref begun);
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        });

        Assert.Equal("broken", Assert.Throws<InvalidDataException>(() => Run(threads, [failing, waiting, waiting, waiting, waiting])).Message);
        Assert.InRange(begun, 0, 4);
    }

    [Fact]
    public void A_cancelled_queue_begins_no_further_job()
    {
        using var cancellation = new CancellationTokenSource();
        int done = 0;
        Job[] jobs = [.. Enumerable.Range(0, 5).Select(_ => new TestJob(1, (_, _, _) =>
        {
            done++;
            cancellation.Cancel();
        }))];
        JobQueue.Run(jobs, threads: 1, cancellation.Token);

        Assert.Equal(1, done);
    }

    private static void Run(int threads, Job[] jobs) => JobQueue.Run(jobs, threads, CancellationToken.None);

    private sealed class TestJob(double length, Action<Job, Action<Job>, CancellationToken> work) : Job
    {
        public override double Length => length;

        public override void Execute(Action<Job> enqueue, CancellationToken cancellation) => work(this, enqueue, cancellation);
    }
}
